// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CWorker.h"
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

int worker_close_from(int first) { return (int)syscall(SYS_close_range, first, ~0u, 0); }
int worker_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }
int worker_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
int worker_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int worker_limit(int resource, uint64_t soft, uint64_t hard) {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    // A sanitizer's shadow alone takes terabytes of addresses.
    if (resource == RLIMIT_AS) return 0;
#endif
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return -1;
    if (hard < limit.rlim_max) limit.rlim_max = hard;
    limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
    return setrlimit(resource, &limit);
}

/// Only who has CAP_SETPCAP can; for the others no_new_privs keeps the set from mattering.
static void empty_bounding_set(void) {
    for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
        (void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
}

int worker_become(uint32_t user, uint32_t group) {
    // While it can be done: whoever is another user has no capability left.
    empty_bounding_set();
    if (setgroups(0, NULL) != 0) return -1;
    if (setresgid(group, group, group) != 0) return -1;
    return setresuid(user, user, user);
}

/// 1 when the process has any capability, 0 when it has none.
static int has_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct had[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, had) != 0) return -1;
    for (int half = 0; half < _LINUX_CAPABILITY_U32S_3; half++)
        if (had[half].effective | had[half].permitted | had[half].inheritable) return 1;
    return 0;
}

int worker_drop_capabilities(void) {
    // A service's own filter may refuse capset, and has nothing to drop.
    if (has_capabilities() == 0) return 0;
    empty_bounding_set();
    (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    return (int)syscall(SYS_capset, &header, none);
}

int worker_cpu_alarm(uint64_t milliseconds) {
    struct itimerval at = {.it_value = {
        .tv_sec = (time_t)(milliseconds / 1000), .tv_usec = (suseconds_t)(milliseconds % 1000 * 1000)}};
    return setitimer(ITIMER_PROF, &at, NULL);
}

int worker_file_facts(int file, struct stat *facts) { return (int)syscall(SYS_fstat, file, facts); }

pid_t worker_socket_maker(int socket) {
    struct ucred who;
    socklen_t size = sizeof who;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 ? who.pid : -1;
}
