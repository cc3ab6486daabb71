// SPDX-License-Identifier: Apache-2.0
#include "CLinux.h"
#include <string.h>

enum { reversed_castagnoli = 0x82F63B78 };

static uint32_t by_table(uint32_t crc, const uint8_t *at, size_t count) {
    static uint32_t table[256];
    if (__atomic_load_n(&table[1], __ATOMIC_ACQUIRE) == 0)
        // Two threads may both fill it: they write the same values, entry 1 last; entry 0 is 0.
        for (int i = 255; i > 0; i--) {
            uint32_t value = (uint32_t)i;
            for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ (value & 1 ? reversed_castagnoli : 0);
            if (i == 1) __atomic_store_n(&table[1], value, __ATOMIC_RELEASE);
            else table[i] = value;
        }
    for (size_t i = 0; i < count; i++) crc = table[(crc ^ at[i]) & 0xFF] ^ crc >> 8;
    return crc;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t crc, const uint8_t *at, size_t count) {
    uint64_t wide = crc;
    for (; count >= 8; at += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        wide = _mm_crc32_u64(wide, word);
    }
    crc = (uint32_t)wide;
    for (; count > 0; at++, count--) crc = _mm_crc32_u8(crc, *at);
    return crc;
}

uint32_t linux_crc32c(uint32_t crc, const void *bytes, size_t count) {
    static int has_instruction = -1;
    if (has_instruction < 0) has_instruction = __builtin_cpu_supports("sse4.2") != 0;
    return ~(has_instruction ? by_instruction : by_table)(~crc, bytes, count);
}
#else
uint32_t linux_crc32c(uint32_t crc, const void *bytes, size_t count) { return ~by_table(~crc, bytes, count); }
#endif

uint32_t linux_crc32c_by_table(uint32_t crc, const void *bytes, size_t count) { return ~by_table(~crc, bytes, count); }
