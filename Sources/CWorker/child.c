// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CWorker.h"
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

pid_t worker_clone_sibling(void) { return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0); }
