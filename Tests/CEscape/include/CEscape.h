// SPDX-License-Identifier: Apache-2.0
// Attempts to get out of a worker, and what the filters say to them.
#pragma once
#include <stdint.h>

/// Which of a worker's processes is meant; open is one without the kernel's lock, for comparison.
enum escape_room { escape_open, escape_nursery, escape_batch, escape_document };

/// What came of an attempt: it worked, or the negative error number, or one of these.
enum {
    escape_worked = 0,
    escape_killed = 1,     // by the filter (SIGSYS)
    escape_untried = 2,
    escape_died = 1000,    // of another signal, added
    escape_exited = 2000,  // with a status, added
};

/// System calls are tried by number below this; the newest has 462.
enum { escape_numbers = 512 };

// ── the filters' answers ─────────────────────────────────────────────────────────────────────
/// All numbers, and then variants of those whose arguments count.
int escape_attempts(void);
/// The call of an attempt; and what is special about its arguments, or NULL.
int escape_number(int attempt);
const char *escape_variant(int attempt);
/// What the filters of a room say to it.
int escape_said(int attempt, enum escape_room room);

// ── trying ───────────────────────────────────────────────────────────────────────────────────
/// Adds an oldest filter that lets a marked call through to nobody: what the lock allows fails with ENOSYS, unexecuted.
int escape_mark(void);
/// Makes the call marked, so that it does nothing, and tells what the lock says to it.
int escape_ask(int attempt);
/// Makes the call with arguments that can do no harm.
int escape_call(int attempt);

/// Tricks by name.
int escape_tricks(void);
const char *escape_trick_name(int trick);
int escape_trick(int trick);

/// Runs attempts 0..<count in processes that `lock` has locked, a new one after each that dies; a lock that fails leaves
/// the rest untried. Descriptors 3 and 4 are sockets whose other ends this process has, 0 is a file open for reading.
void escape_run(int count, int (*lock)(void), int (*attempt)(int), int32_t *outcomes);
