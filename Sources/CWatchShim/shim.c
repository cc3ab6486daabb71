// SPDX-License-Identifier: GPL-2.0-only
#include "CWatchShim.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static int captured = -1;

// libinotifytools keeps its descriptor to itself and opens it without CLOEXEC. The program's own definitions are found
// before the C library's.
int inotify_init(void) {
    captured = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    return captured;
}

// The library keeps the entry of a watch that the kernel has dropped, and complains, unless removing it succeeds.
int inotify_rm_watch(int fd, int wd) {
    if (syscall(SYS_inotify_rm_watch, fd, wd) == 0 || errno == EINVAL) return 0;
    return -1;
}

// The library does not say which watch it got, and looks names up in a table that may have an older one of that name.
static int last = -1;
int inotify_add_watch(int fd, const char *path, uint32_t mask) {
    last = (int)syscall(SYS_inotify_add_watch, fd, path, mask);
    return last;
}

int watch_last(void) { return last; }

int watch_descriptor(void) { return captured; }

int watch_add(const char *path, uint32_t mask) { return inotify_add_watch(captured, path, mask); }

const char *watch_event_name(const void *event, uint32_t *length) {
    const struct inotify_event *e = event;
    *length = e->len ? (uint32_t)strnlen(e->name, e->len) : 0;
    return e->name;
}

int watch_settle_down(void) {
    struct rlimit none = {0, 0};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_FSIZE, &none);
    return getppid() == 1 ? -1 : 0;
}
