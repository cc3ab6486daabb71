// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/// In the child, on its parent's memory: system calls and locals only. Returns an error number, or not at all.
static int become(const struct linux_hook *hook) {
    // posix_spawn(3) can do all of this but the umask.
    sigset_t none;
    sigemptyset(&none);
    struct sigaction usual = {.sa_handler = SIG_DFL};
    for (int signal = 1; signal < NSIG; signal++) (void)sigaction(signal, &usual, NULL);
    if (setsid() < 0 || chdir("/") != 0) return errno;
    umask(077);
    int wanted[4] = {hook->input, hook->output, hook->errors, hook->extra};
    const int places = hook->extra < 0 ? 3 : 4;
    // Above their places first: one may stand where another belongs.
    for (int place = 0; place < places; place++) {
        wanted[place] = wanted[place] < 0 ? open("/dev/null", O_RDWR) : wanted[place];
        wanted[place] = fcntl(wanted[place], F_DUPFD, 10);
        if (wanted[place] < 0) return errno;
    }
    for (int place = 0; place < places; place++)
        if (dup2(wanted[place], place) < 0) return errno;
    if (close_range((unsigned)places, ~0U, 0) != 0) return errno;
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(hook->program, hook->arguments, hook->environment);
    return errno;
}

pid_t linux_spawn_hook(const struct linux_hook *hook) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    volatile int failed = 0;
    pid_t child = vfork();
    if (child == 0) {
        failed = become(hook);
        _exit(127);
    }
    if (child < 0) failed = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (child > 0 && failed)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return failed ? -failed : child;
}
