// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The first place of a byte sequence, found by its first byte.
package enum ByteSearch {
    package static func first(_ wanted: [UInt8], in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
        guard let base = bytes.baseAddress, let first = wanted.first else { return nil }
        var at = start
        while at + wanted.count <= bytes.count {
            guard let place = memchr(base + at, Int32(first), bytes.count - wanted.count - at + 1) else { return nil }
            at = UnsafeRawPointer(place) - base
            if memcmp(place, wanted, wanted.count) == 0 { return at }
            at += 1
        }
        return nil
    }
}
