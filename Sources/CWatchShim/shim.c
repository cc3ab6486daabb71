// SPDX-License-Identifier: GPL-2.0-only
#include "CWatchShim.h"
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int captured = -1;

// libinotifytools keeps its descriptor to itself and opens it without CLOEXEC. The program's own definition of
// inotify_init is found before the C library's.
int inotify_init(void) {
    captured = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    return captured;
}

int watch_descriptor(void) { return captured; }

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
