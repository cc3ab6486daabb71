// SPDX-License-Identifier: Apache-2.0
// How much of the heap is in use, which Swift's own modules of the C library do not show.
#pragma once

long allocated_bytes(void);
