// SPDX-License-Identifier: Apache-2.0
// Landlock by the kernel's own numbers: Debian 12's header stops at version 3 (include/uapi/linux/landlock.h).
#define _GNU_SOURCE
#include "CWorker.h"
#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif

struct ruleset {
    uint64_t files, network, scoped;
};

enum { ask_version = 1 };

int worker_landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ask_version);
    return version > 0 ? (int)version : 0;
}

int worker_landlock(void) {
    int version = worker_landlock_version();
    if (version == 0) return 0;
    // Every right that this version knows is handled, and no rule gives any of them back.
    struct ruleset rules = {.files = 0x1fff};
    size_t size = sizeof rules.files;
    if (version >= 2) rules.files |= 1 << 13; // linking and renaming across directories
    if (version >= 3) rules.files |= 1 << 14; // truncating
    if (version >= 4) {
        rules.network = 3; // binding and connecting TCP
        size = offsetof(struct ruleset, scoped);
    }
    if (version >= 5) rules.files |= 1 << 15; // device ioctl
    if (version >= 6) {
        rules.scoped = 3; // abstract Unix sockets, signals
        size = sizeof rules;
    }
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0) return -1;
    long result = syscall(SYS_landlock_restrict_self, ruleset, 0);
    int number = errno;
    close(ruleset);
    errno = number;
    return result == 0 ? version : -1;
}
