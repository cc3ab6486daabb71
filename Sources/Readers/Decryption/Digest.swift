// SPDX-License-Identifier: Apache-2.0
import CCipher

/// A hash function that encrypted documents are made with (RFC 1321; FIPS 180-4).
package enum Digest: Sendable, Hashable {
    case md5, sha1, sha256, sha384, sha512

    package var size: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    package func of(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: size)
        out.withUnsafeMutableBufferPointer { out in
            let done: Void? = bytes.withContiguousStorageIfAvailable { hash($0, into: out) }
            if done == nil { Array(bytes).withUnsafeBufferPointer { hash($0, into: out) } }
        }
        return out
    }

    /// `count` times the hash of a 32-bit counter from 0, little-endian, and the hash before it ([MS-OFFCRYPTO] 2.3.4.7, 2.3.4.11).
    package func counted(_ start: [UInt8], _ count: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 4 + size)
        block.replaceSubrange(4..., with: start.prefix(size))
        block.withUnsafeMutableBufferPointer { block in
            let before = UnsafeMutableBufferPointer(rebasing: block[4...])
            for number in 0..<UInt32(clamping: count) {
                for place in 0..<4 { block[place] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(place))) }
                hash(UnsafeBufferPointer(block), into: before)
            }
        }
        return Array(block[4...])
    }

    /// `out` may lie within `bytes`.
    private func hash(_ bytes: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>) {
        switch self {
        case .md5: _ = MD5(bytes.baseAddress, bytes.count, out.baseAddress)
        case .sha1:
            var state = SHA_CTX()
            SHA1_Init(&state)
            SHA1_Update(&state, bytes.baseAddress, bytes.count)
            SHA1_Final(out.baseAddress, &state)
        case .sha256:
            var state = SHA256_CTX()
            SHA256_Init(&state)
            SHA256_Update(&state, bytes.baseAddress, bytes.count)
            SHA256_Final(out.baseAddress, &state)
        case .sha384, .sha512:
            var state = SHA512_CTX()
            if self == .sha384 { SHA384_Init(&state) } else { SHA512_Init(&state) }
            SHA512_Update(&state, bytes.baseAddress, bytes.count)
            if self == .sha384 { SHA384_Final(out.baseAddress, &state) } else { SHA512_Final(out.baseAddress, &state) }
        }
    }
}
