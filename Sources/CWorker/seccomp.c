// SPDX-License-Identifier: Apache-2.0
// Puts the filters on this process. The kernel remembers which calls are always allowed, so that those cost next to
// nothing whatever the length.
#define _GNU_SOURCE
#include "CWorker.h"
#include "filters.h"
#include <unistd.h>

static int install(struct program *program) {
    if (program->count > MOST) {
        errno = E2BIG;
        return -1;
    }
    struct sock_fprog passed = {program->count, program->steps};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &passed);
}

int worker_filter_nursery(void) {
    struct program program;
    filter_nursery(&program);
    return install(&program);
}

int worker_filter_batch(void) {
    struct program program;
    filter_batch(&program, getpid());
    return install(&program);
}

int worker_filter_document(void) {
    struct program program;
    filter_document(&program, getpid());
    return install(&program);
}
