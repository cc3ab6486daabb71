// SPDX-License-Identifier: Apache-2.0
// The filters on system calls as programs: classic BPF over struct seccomp_data (seccomp(2)), one comparison per call.
// seccomp.c installs them; the escape suite reads them for this machine and for the other one.
#pragma once
#include "calls.h"
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>

#if !defined(FILTER_MACHINE)
#if defined(__x86_64__)
#define FILTER_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FILTER_MACHINE AUDIT_ARCH_AARCH64
#else
#error "no table of system calls for this machine"
#endif
#endif

#define ALLOW SECCOMP_RET_ALLOW
#define KILL SECCOMP_RET_KILL_PROCESS
#define FAIL(number) (SECCOMP_RET_ERRNO | (number))

#define MOST 512
struct program {
    struct sock_filter steps[MOST];
    unsigned short count;
};

static void step(struct program *to, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
    if (to->count < MOST) to->steps[to->count] = (struct sock_filter){code, if_true, if_false, value};
    to->count++;
}

static void load(struct program *to, size_t offset) { step(to, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }
static void give(struct program *to, uint32_t verdict) { step(to, BPF_RET | BPF_K, verdict, 0, 0); }

static size_t low(int argument) { return offsetof(struct seccomp_data, args) + 8 * (size_t)argument; }
static size_t high(int argument) { return low(argument) + 4; }

/// The call's number is loaded before and after.
static void on(struct program *to, int call, uint32_t verdict) {
    step(to, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
    give(to, verdict);
}

/// One verdict where (argument & mask) == wanted, in its lower half, and another where not.
static void on_bits(struct program *to, int call, int argument, uint32_t mask, uint32_t wanted, uint32_t then, uint32_t otherwise) {
    step(to, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5);
    load(to, low(argument));
    step(to, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
    step(to, BPF_JMP | BPF_JEQ | BPF_K, wanted, 0, 1);
    give(to, then);
    give(to, otherwise);
}

/// One verdict where the whole argument equals `wanted`, and another where not.
static void on_value(struct program *to, int call, int argument, uint64_t wanted, uint32_t then, uint32_t otherwise) {
    step(to, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 6);
    load(to, low(argument));
    step(to, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)wanted, 0, 3);
    load(to, high(argument));
    step(to, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(wanted >> 32), 0, 1);
    give(to, then);
    give(to, otherwise);
}

static void begin(struct program *to) {
    to->count = 0;
    load(to, offsetof(struct seccomp_data, arch));
    step(to, BPF_JMP | BPF_JEQ | BPF_K, FILTER_MACHINE, 1, 0);
    give(to, KILL);
    load(to, offsetof(struct seccomp_data, nr));
    if (FILTER_MACHINE != AUDIT_ARCH_X86_64) return;
    // The x32 numbers of the same calls.
    step(to, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    give(to, KILL);
}

#define EACH(list) for (size_t i = 0; i < sizeof list / sizeof *list; i++)

static void filter_nursery(struct program *to) {
    begin(to);
    EACH(allowed_calls) on(to, allowed_calls[i], ALLOW);
    EACH(nursery_calls) on(to, nursery_calls[i], ALLOW);
    // Never a new executable page: nothing is loaded and nothing is made up from here on.
    on_bits(to, SYS_mmap, 2, PROT_EXEC, 0, ALLOW, KILL);
    on_bits(to, SYS_mprotect, 2, PROT_EXEC, 0, ALLOW, KILL);
    // The one kind of child: a sibling with its own memory.
    on_value(to, SYS_clone, 0, CLONE_PARENT | SIGCHLD, ALLOW, KILL);
    on_value(to, SYS_prlimit64, 0, 0, ALLOW, FAIL(EPERM));
    on_value(to, SYS_prctl, 0, PR_SET_PDEATHSIG, ALLOW, FAIL(EPERM));
    on_value(to, SYS_seccomp, 0, SECCOMP_SET_MODE_FILTER, ALLOW, KILL);
    on(to, SYS_tgkill, ALLOW);
    EACH(refused_calls) on(to, refused_calls[i].number, FAIL(refused_calls[i].error));
    EACH(killing_calls) on(to, killing_calls[i], KILL);
    give(to, FAIL(EPERM));
}

/// What both kinds of process that read documents lose: children, signals to anybody but themselves, and the right to
/// outlive the daemon.
static void filter_alone(struct program *to, pid_t self) {
    begin(to);
    on(to, SYS_clone, KILL);
    on(to, SYS_seccomp, KILL);
    on(to, SYS_prctl, FAIL(EPERM));
    on_value(to, SYS_tgkill, 0, (uint64_t)self, ALLOW, KILL);
}

static void filter_batch(struct program *to, pid_t self) {
    filter_alone(to, self);
    give(to, ALLOW);
}

static void filter_document(struct program *to, pid_t self) {
    filter_alone(to, self);
    EACH(nursery_calls) on(to, nursery_calls[i], FAIL(EPERM));
    on_value(to, SYS_prlimit64, 2, 0, ALLOW, FAIL(EPERM));
    give(to, ALLOW);
}
