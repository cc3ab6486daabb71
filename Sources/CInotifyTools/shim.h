// SPDX-License-Identifier: GPL-2.0-only
#include <inotifytools/inotifytools.h>
#include <sys/inotify.h>
