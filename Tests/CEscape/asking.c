// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "verdicts.h"
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

int escape_attempts(void) { return count_of_attempts(); }
int escape_number(int attempt) { return attempt_at(attempt).nr; }
const char *escape_variant(int attempt) { return attempt < escape_numbers ? NULL : variants[attempt - escape_numbers].text; }
int escape_said(int attempt, enum escape_room room) { return said_of(attempt, room); }

static const uint64_t mark = 0x4d61726b65640000;

int escape_mark(void) {
    // SECCOMP_RET_TRACE without a tracer: ENOSYS, and nothing is done. Every refusal of a later filter goes before it.
    struct program program, *to = &program;
    begin(to);
    load(to, low(5));
    step(to, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)mark, 0, 3);
    load(to, high(5));
    step(to, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(mark >> 32), 0, 1);
    give(to, SECCOMP_RET_TRACE);
    give(to, ALLOW);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    struct sock_fprog passed = {program.count, program.steps};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &passed);
}

static struct seccomp_data attempt_of_mine(int attempt) {
    struct seccomp_data call = attempt_at(attempt);
    for (int i = 0; i < 6; i++)
        if (call.nr == SYS_tgkill && call.args[i] == own_pid) call.args[i] = (uint64_t)getpid();
    return call;
}

int escape_ask(int attempt) {
    struct seccomp_data call = attempt_of_mine(attempt);
    long got = syscall(call.nr, call.args[0], call.args[1], call.args[2], call.args[3], call.args[4], mark);
    if (got == -1 && errno == ENOSYS) return call.nr == SYS_clone3 ? -ENOSYS : escape_worked;
    return got == -1 ? -errno : escape_died;
}

int escape_call(int attempt) {
    struct seccomp_data call = attempt_of_mine(attempt);
    // No stack of its own for a child.
    if (call.nr == SYS_clone) call.args[1] = call.args[2] = call.args[3] = call.args[4] = 0;
    pid_t self = getpid();
    long got = syscall(call.nr, call.args[0], call.args[1], call.args[2], call.args[3], call.args[4], call.args[5]);
    if (call.nr == SYS_clone && getpid() != self) _exit(0);
    return got == -1 ? -errno : escape_worked;
}
