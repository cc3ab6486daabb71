// SPDX-License-Identifier: Apache-2.0
// What the filters would say to each call on arm64; the meaning of numbers and outcomes is CEscape's.
#pragma once

int arm64_attempts(void);
int arm64_number(int attempt);
const char *arm64_variant(int attempt);
int arm64_said(int attempt, int room);
