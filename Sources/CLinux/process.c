// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int prepare(posix_spawnattr_t *how, posix_spawn_file_actions_t *files, const struct linux_worker *worker) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    int failed = posix_spawnattr_setflags(
        how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (!failed) failed = posix_spawnattr_setpgroup(how, 0);
    if (!failed) failed = posix_spawnattr_setsigdefault(how, &all);
    if (!failed) failed = posix_spawnattr_setsigmask(how, &none);
    if (!failed) failed = posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
    if (!failed) failed = posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0);
    if (!failed) failed = posix_spawn_file_actions_adddup2(files, worker->errors, 2);
    if (!failed) failed = posix_spawn_file_actions_adddup2(files, worker->control, 3);
    if (!failed) failed = posix_spawn_file_actions_adddup2(files, worker->documents, 4);
    return failed;
}

pid_t linux_spawn_worker(const struct linux_worker *worker) {
    posix_spawnattr_t how;
    posix_spawn_file_actions_t files;
    pid_t pid = -1;
    if (posix_spawnattr_init(&how) != 0) return -ENOMEM;
    if (posix_spawn_file_actions_init(&files) != 0) {
        posix_spawnattr_destroy(&how);
        return -ENOMEM;
    }
    int failed = prepare(&how, &files, worker);
    if (!failed) failed = posix_spawn(&pid, worker->program, &files, &how, worker->arguments, worker->environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return failed ? -failed : pid;
}

/// Moves a descriptor above those that a worker's own take the place of.
static int lifted(int fd) {
    if (fd < 0 || fd > 9) return fd;
    int high = fcntl(fd, F_DUPFD_CLOEXEC, 10);
    close(fd);
    return high;
}

int linux_worker_sockets(int ends[2], int buffer) {
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    ends[1] = lifted(ends[1]);
    if (ends[1] < 0) return close(ends[0]), -1;
    if (buffer > 0) setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    return 0;
}

size_t linux_datagram_room(int socket) {
    int size = 0;
    socklen_t length = sizeof size;
    // unix(7) keeps 32 bytes of the buffer for itself.
    return getsockopt(socket, SOL_SOCKET, SO_SNDBUF, &size, &length) == 0 && size > 32 ? (size_t)size - 32 : 0;
}

int linux_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    ends[1] = lifted(ends[1]);
    return ends[1] < 0 ? close(ends[0]), -1 : 0;
}

void linux_widen_pipe(int pipe, int bytes) { (void)fcntl(pipe, F_SETPIPE_SZ, bytes); }

int linux_sealed_memory(const void *bytes, size_t count) {
    int fd = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) return -1;
    for (size_t done = 0; done < count;) {
        ssize_t written = write(fd, (const char *)bytes + done, count - done);
        if (written < 0) {
            if (errno == EINTR) continue;
            int why = errno;
            close(fd);
            errno = why;
            return -1;
        }
        done += (size_t)written;
    }
    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
    return fd;
}

int linux_unsent(int socket) {
    int bytes = 0;
    return ioctl(socket, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

pid_t linux_reap(pid_t pid, bool wait, struct linux_exit *how) {
    struct rusage used;
    int status = 0;
    pid_t got;
    do got = wait4(pid, &status, wait ? 0 : WNOHANG, &used);
    while (got < 0 && errno == EINTR);
    if (got <= 0) return got;
    how->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    how->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    how->cpu_us = (uint64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000u
        + (uint64_t)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    how->peak_bytes = (uint64_t)used.ru_maxrss << 10;
    return got;
}

void linux_keep_ended_children(void) {
    struct sigaction action;
    if (sigaction(SIGCHLD, NULL, &action) != 0 || action.sa_handler != SIG_IGN) return;
    action.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &action, NULL);
}

uint64_t linux_cpu_us(pid_t pid) {
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
    return (uint64_t)used.tv_sec * 1000000u + (uint64_t)used.tv_nsec / 1000u;
}

int linux_kill_group(pid_t leader) { return kill(-leader, SIGKILL); }
