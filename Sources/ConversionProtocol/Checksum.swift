// SPDX-License-Identifier: Apache-2.0
import CLinux

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), carried on over any number of pieces.
package struct Checksum: Hashable, Sendable {
    package private(set) var value: UInt32 = 0

    package init() {}

    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        value = linux_crc32c(value, bytes.baseAddress, bytes.count)
    }
}
