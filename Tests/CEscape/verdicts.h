// SPDX-License-Identifier: Apache-2.0
// What the filters say to a call, without making it: their programs, step by step, as the kernel would.
#pragma once
#include "../../Sources/CWorker/filters.h"
#include "include/CEscape.h"
#include <string.h>

/// The process id that stands for the worker's own.
enum { own_pid = 4242 };

/// Calls whose verdict depends on an argument, with the values that make a difference; all other arguments are -1.
static const struct {
    int number, argument;
    uint64_t value;
    const char *text;
} variants[] = {
    {SYS_mmap, 2, PROT_READ | PROT_WRITE, "read, write"},
    {SYS_mmap, 2, PROT_READ | PROT_EXEC, "read, execute"},
    {SYS_mprotect, 2, PROT_READ | PROT_WRITE, "read, write"},
    {SYS_mprotect, 2, PROT_EXEC, "execute"},
    {SYS_clone, 0, CLONE_PARENT | SIGCHLD, "sibling"},
    {SYS_clone, 0, SIGCHLD, "child"},
    {SYS_clone, 0, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, "thread"},
    {SYS_clone, 0, CLONE_PARENT | CLONE_NEWUSER | SIGCHLD, "sibling in a new user namespace"},
    {SYS_prlimit64, 0, 0, "own, new value"},
    {SYS_prctl, 0, PR_SET_PDEATHSIG, "parent-death signal"},
    {SYS_prctl, 0, PR_SET_DUMPABLE, "dumpable"},
    {SYS_prctl, 0, PR_SET_NAME, "name"},
    {SYS_seccomp, 0, SECCOMP_SET_MODE_FILTER, "another filter"},
    {SYS_tgkill, 0, own_pid, "itself"},
};

static uint32_t verdict_of(const struct program *program, const struct seccomp_data *call) {
    uint32_t value = 0;
    for (size_t at = 0; at < program->count; at++) {
        struct sock_filter step = program->steps[at];
        switch (step.code) {
        case BPF_LD | BPF_W | BPF_ABS: memcpy(&value, (const char *)call + step.k, sizeof value); break;
        case BPF_ALU | BPF_AND | BPF_K: value &= step.k; break;
        case BPF_JMP | BPF_JEQ | BPF_K: at += value == step.k ? step.jt : step.jf; break;
        case BPF_JMP | BPF_JGE | BPF_K: at += value >= step.k ? step.jt : step.jf; break;
        case BPF_RET | BPF_K: return step.k;
        default: return KILL;
        }
    }
    return KILL;
}

static int escape_outcome(uint32_t verdict) {
    switch (verdict & SECCOMP_RET_ACTION_FULL) {
    case SECCOMP_RET_ALLOW: return escape_worked;
    case SECCOMP_RET_ERRNO: return -(int)(verdict & SECCOMP_RET_DATA);
    default: return escape_killed;
    }
}

/// Of two filters, the one that says less: the kernel's order of actions (seccomp(2)).
static int stricter(uint32_t one, uint32_t other) {
    return escape_outcome((int32_t)(one & SECCOMP_RET_ACTION_FULL) <= (int32_t)(other & SECCOMP_RET_ACTION_FULL) ? one : other);
}

static int count_of_attempts(void) { return escape_numbers + (int)(sizeof variants / sizeof *variants); }

static struct seccomp_data attempt_at(int place) {
    struct seccomp_data call = {.nr = place, .arch = FILTER_MACHINE};
    memset(call.args, 0xff, sizeof call.args);
    if (place >= escape_numbers) {
        call.nr = variants[place - escape_numbers].number;
        call.args[variants[place - escape_numbers].argument] = variants[place - escape_numbers].value;
    }
    return call;
}

static int said_of(int place, enum escape_room room) {
    static struct program nursery, batch, document;
    if (nursery.count == 0) {
        filter_nursery(&nursery);
        filter_batch(&batch, own_pid);
        filter_document(&document, own_pid);
    }
    struct seccomp_data call = attempt_at(place);
    // The newer filter is asked first, and wins where both refuse.
    uint32_t first = verdict_of(&nursery, &call);
    switch (room) {
    case escape_nursery: return escape_outcome(first);
    case escape_batch: return stricter(verdict_of(&batch, &call), first);
    case escape_document: return stricter(verdict_of(&document, &call), first);
    default: return escape_worked;
    }
}
