// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

int linux_start_thread(const char *name, size_t stack, void *(*body)(void *), void *argument) {
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all, before;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    // Signals are for the main thread.
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = pthread_create(&thread, &attributes, body, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (!failed) pthread_setname_np(thread, name);
    return failed;
}

void linux_take_niceness(void) {
    errno = 0;
    int niceness = getpriority(PRIO_PROCESS, (id_t)getpid());
    // Where it may not be set, the thread has what its starter has.
    if (!errno) (void)setpriority(PRIO_PROCESS, 0, niceness);
}

void linux_be_nicer(pid_t pid, int by) {
    errno = 0;
    int niceness = getpriority(PRIO_PROCESS, (id_t)pid);
    if (!errno) (void)setpriority(PRIO_PROCESS, (id_t)pid, niceness + by);
}
