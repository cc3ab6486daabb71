// SPDX-License-Identifier: Apache-2.0
// Makes the k-th call of one kind fail, in the program "intray" alone (SQLite's method, www.sqlite.org/testing.html section 3).
//
//   FAULT_CALL    open write fsync rename link unlink mkdir spawn mmap
//   FAULT_ERRNO   the error's number; 0 with FAULT_CALL=write is a short write: half of the bytes, and no error
//   FAULT_AT      which call, counted from 1; FAULT_STICKY=1: that one and each after it
//   FAULT_BELOW   only files below this folder count (and calls relative to an open folder)
//   FAULT_REPORT  this file is created when a call was made to fail
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *kind, *below, *report;
static int error, sticky;
static long at;
static atomic_long passed;

__attribute__((constructor)) static void start(void) {
    const char *name = getenv("FAULT_CALL");
    if (!name || strcmp(program_invocation_short_name, "intray")) return;
    below = getenv("FAULT_BELOW");
    report = getenv("FAULT_REPORT");
    error = atoi(getenv("FAULT_ERRNO") ?: "5");
    sticky = atoi(getenv("FAULT_STICKY") ?: "0");
    at = atol(getenv("FAULT_AT") ?: "1");
    kind = name;
}

static bool counts(const char *call, const char *path) {
    if (!kind || strcmp(kind, call)) return false;
    return !path || !below || path[0] != '/' || !strncmp(path, below, strlen(below));
}

// Whether this call is the one to fail; `errno` is then set.
static bool fails(const char *call, const char *path) {
    if (!counts(call, path)) return false;
    long number = atomic_fetch_add(&passed, 1) + 1;
    if (number < at || (number > at && !sticky)) return false;
    if (report) {
        __typeof__(open) *real = (__typeof__(open) *)dlsym(RTLD_NEXT, "open");
        int file = real(report, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
        if (file >= 0) close(file);
    }
    errno = error;
    return true;
}

// Only what goes to files: a full disk does not stop pipes and sockets.
static bool is_file(int fd) {
    struct stat facts;
    int kept = errno;
    bool answer = fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode);
    errno = kept;
    return answer;
}

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define OPEN(name)                                                                                     \
    int name(const char *path, int flags, ...) {                                                        \
        REAL(name);                                                                                     \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);          \
        return fails("open", path) ? -1 : real(path, flags, mode);                                      \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                   \
    int name(int dir, const char *path, int flags, ...) {                                               \
        REAL(name);                                                                                     \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);          \
        return fails("open", path) ? -1 : real(dir, path, flags, mode);                                 \
    }
OPENAT(openat)
OPENAT(openat64)

// openat2 has no function of its own in the C library; everything below an inbox or outbox is opened by it.
long syscall(long number, ...) {
    static long (*real)(long, ...);
    if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    va_list rest; va_start(rest, number);
    long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long), d = va_arg(rest, long), e = va_arg(rest, long), f = va_arg(rest, long);
    va_end(rest);
    if (number == SYS_openat2 && kind && fails("open", (const char *)b)) return -1;
    return real(number, a, b, c, d, e, f);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(write);
    if (kind && is_file(fd) && fails("write", NULL)) {
        if (error) return -1;
        return real(fd, bytes, count > 1 ? count / 2 : count);
    }
    return real(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (kind && is_file(fd) && fails("write", NULL)) return error ? -1 : real(fd, parts, count > 1 ? count / 2 : count);
    return real(fd, parts, count);
}
int ftruncate(int fd, off_t size) { REAL(ftruncate); return kind && is_file(fd) && error && fails("write", NULL) ? -1 : real(fd, size); }

#define PWRITE(name)                                                                                   \
    ssize_t name(int fd, const void *bytes, size_t count, off_t offset) {                               \
        REAL(name);                                                                                     \
        if (kind && is_file(fd) && fails("write", NULL)) {                                              \
            if (error) return -1;                                                                       \
            return real(fd, bytes, count > 1 ? count / 2 : count, offset);                              \
        }                                                                                               \
        return real(fd, bytes, count, offset);                                                          \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

int fsync(int fd) { REAL(fsync); return fails("fsync", NULL) ? -1 : real(fd); }
int syncfs(int fd) { REAL(syncfs); return fails("fsync", NULL) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return fails("fsync", NULL) ? -1 : real(fd); }

int rename(const char *from, const char *to) { REAL(rename); return fails("rename", to) ? -1 : real(from, to); }
int renameat(int a, const char *from, int b, const char *to) { REAL(renameat); return fails("rename", to) ? -1 : real(a, from, b, to); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    REAL(renameat2);
    return fails("rename", to) ? -1 : real(a, from, b, to, flags);
}
int link(const char *from, const char *to) { REAL(link); return fails("link", to) ? -1 : real(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) { REAL(linkat); return fails("link", to) ? -1 : real(a, from, b, to, flags); }
int unlink(const char *path) { REAL(unlink); return fails("unlink", path) ? -1 : real(path); }
int unlinkat(int dir, const char *path, int flags) { REAL(unlinkat); return fails("unlink", path) ? -1 : real(dir, path, flags); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return fails("mkdir", path) ? -1 : real(path, mode); }
int mkdirat(int dir, const char *path, mode_t mode) { REAL(mkdirat); return fails("mkdir", path) ? -1 : real(dir, path, mode); }

int posix_spawn(pid_t *child, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const argv[], char *const environment[]) {
    REAL(posix_spawn);
    return fails("spawn", NULL) ? error : real(child, path, actions, attributes, argv, environment);
}

// Mapped files alone: without anonymous memory a program ends, and that is what the kills are for.
#define MMAP(name)                                                                                     \
    void *name(void *address, size_t length, int protection, int flags, int fd, off_t offset) {         \
        REAL(name);                                                                                     \
        return fd >= 0 && fails("mmap", NULL) ? MAP_FAILED : real(address, length, protection, flags, fd, offset); \
    }
MMAP(mmap)
MMAP(mmap64)
