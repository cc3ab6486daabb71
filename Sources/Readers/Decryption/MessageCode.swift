// SPDX-License-Identifier: Apache-2.0
import CCipher

/// HMAC with SHA-1 (RFC 2104), its key worked in once.
package struct MessageCode {
    private var inner = SHA_CTX()
    private var outer = SHA_CTX()

    package init(key: some Collection<UInt8>) {
        var block = key.count > 64 ? Digest.sha1.of(key) : Array(key)
        block += [UInt8](repeating: 0, count: 64 - block.count)
        SHA1_Init(&inner)
        SHA1_Update(&inner, block.map { $0 ^ 0x36 }, 64)
        SHA1_Init(&outer)
        SHA1_Update(&outer, block.map { $0 ^ 0x5C }, 64)
    }

    package func of(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 20)
        out.withUnsafeMutableBytes { write(bytes, to: $0) }
        return out
    }

    /// `out` may be `bytes`.
    private func write(_ bytes: UnsafeRawBufferPointer, to out: UnsafeMutableRawBufferPointer) {
        let start = out.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var state = inner
        SHA1_Update(&state, bytes.baseAddress, bytes.count)
        SHA1_Final(start, &state)
        state = outer
        SHA1_Update(&state, start, 20)
        SHA1_Final(start, &state)
    }

    /// PBKDF2 (RFC 8018, 5.2) with the key as password.
    package func derivedKey(salt: some Collection<UInt8>, rounds: Int, size: Int) -> [UInt8] {
        var out: [UInt8] = []
        var block: UInt32 = 1
        while out.count < size {
            var step = (Array(salt) + withUnsafeBytes(of: block.bigEndian) { Array($0) }).withUnsafeBytes { of($0) }
            var sum = step
            for _ in 1..<max(2, rounds) where rounds > 1 {
                step.withUnsafeMutableBytes { write(UnsafeRawBufferPointer($0), to: $0) }
                for place in sum.indices { sum[place] ^= step[place] }
            }
            out += sum
            block += 1
        }
        return Array(out.prefix(size))
    }
}
