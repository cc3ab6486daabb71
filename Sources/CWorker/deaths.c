// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CWorker.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

// glibc's own allocator under its public second name; defining malloc in the program replaces it for every library.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static int memory_status = -1;

__attribute__((unused)) static void *checked(void *got, size_t wanted) {
    if (__builtin_expect(got == NULL && wanted != 0 && memory_status >= 0, 0)) _exit(memory_status);
    return got;
}

void worker_exit_when_out_of_memory(int status) { memory_status = status; }

// A sanitizer brings an allocator of its own, which has to be the only one.
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
void *malloc(size_t size) { return checked(__libc_malloc(size), size); }
void *calloc(size_t count, size_t size) { return checked(__libc_calloc(count, size), count && size); }
void *realloc(void *old, size_t size) { return checked(__libc_realloc(old, size), size); }
void *memalign(size_t alignment, size_t size) { return checked(__libc_memalign(alignment, size), size); }
void *aligned_alloc(size_t alignment, size_t size) { return checked(__libc_memalign(alignment, size), size); }

int posix_memalign(void **out, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
    void *got = checked(__libc_memalign(alignment, size), size);
    if (got == NULL) return ENOMEM;
    *out = got;
    return 0;
}
#endif

static const char *volatile watched;
static volatile size_t watched_count;
static int shrink_status;

void worker_watch_input(const void *start, size_t count) {
    watched = start;
    watched_count = count;
}

static void on_bus_error(int signal, siginfo_t *what, void *context) {
    (void)context;
    const char *at = what->si_addr;
    if (at >= watched && at < watched + watched_count) _exit(shrink_status);
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigaction(signal, &plain, NULL);
}

int worker_exit_when_input_shrinks(int status) {
    shrink_status = status;
    struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};
    return sigaction(SIGBUS, &action, NULL);
}
