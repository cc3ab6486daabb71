// SPDX-License-Identifier: GPL-2.0-only
#pragma once
#include <stdint.h>

/// The descriptor of the library's inotify instance, or -1 before it was made.
int watch_descriptor(void);
/// The watch of a directory, new or not, past the library's own table; -1 and errno.
int watch_add(const char *path, uint32_t mask);
/// The watch that was added last, by the library or not.
int watch_last(void);
/// One event's name within the library's buffer, and its length without the padding.
const char *watch_event_name(const void *event, uint32_t *length);
/// Gives up what a watcher never needs: new privileges, core dumps, life after its parent. 0, or -1 when the parent has gone.
int watch_settle_down(void);
