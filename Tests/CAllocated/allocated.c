// SPDX-License-Identifier: Apache-2.0
#include "allocated.h"

#include <malloc.h>

long allocated_bytes(void) {
    struct mallinfo2 facts = mallinfo2();
    return (long)(facts.uordblks + facts.hblkhd);
}
