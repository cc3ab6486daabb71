// SPDX-License-Identifier: Apache-2.0
// The same source as the worker's, compiled with the other machine's numbers: headers/asm/unistd.h comes before the system's.
#define _GNU_SOURCE
#include <linux/audit.h>
#define FILTER_MACHINE AUDIT_ARCH_AARCH64
#include "../CEscape/verdicts.h"
#include "include/CArm64Calls.h"

#if SYS_openat != 56 || defined(SYS_open)
#error "these are not the system calls of arm64"
#endif

int arm64_attempts(void) { return count_of_attempts(); }
int arm64_number(int attempt) { return attempt_at(attempt).nr; }
const char *arm64_variant(int attempt) { return attempt < escape_numbers ? 0 : variants[attempt - escape_numbers].text; }
int arm64_said(int attempt, int room) { return said_of(attempt, (enum escape_room)room); }
