// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption

/// RC4 encryption of binary office documents ([MS-OFFCRYPTO] 2.3.5, 2.3.6): a key for each block of a stream.
struct LegacyEncryption {
    private enum Kind {
        /// Forty bits by MD5, as Office 97 and 2000 have it.
        case plain
        /// By a provider of Windows: SHA-1, 40 to 128 bits.
        case provider(keySize: Int)
    }

    private let kind: Kind
    private let salt: [UInt8]
    private let verifier: [UInt8]
    private let verifierHash: [UInt8]

    /// nil when it is damaged, or encrypted in another way.
    init?(_ bytes: LittleEndianBytes) {
        guard let major = bytes.short(0), let minor = bytes.short(2) else { return nil }
        if major == 1, minor == 1 {
            guard let all = bytes.slice(4, 48)?.raw else { return nil }
            kind = .plain
            (salt, verifier, verifierHash) = (Array(all[0..<16]), Array(all[16..<32]), Array(all[32..<48]))
            return
        }
        // Flags, size of the header; in it flags, extra size, algorithm, hash, key size.
        guard (2...4).contains(major), minor == 2, let size = bytes.long(8), let algorithm = bytes.long(20), [0, 0x6801].contains(algorithm), let bits = bytes.long(28),
            bits == 0 || (40...128).contains(bits) && bits % 8 == 0, bytes.long(12 + size) == 16, let all = bytes.slice(16 + size, 16 + 16 + 4 + 20)?.raw
        else { return nil }
        kind = .provider(keySize: bits == 0 ? 5 : bits / 8)
        (salt, verifier, verifierHash) = (Array(all[0..<16]), Array(all[16..<32]), Array(all[36..<56]))
    }

    /// The first password that is right; nil when none is.
    func key(among passwords: [String]) -> Key? {
        for password in passwords {
            let key = key(Passwords.wide(password))
            var cipher = key.cipher(block: 0)
            let plain = cipher.apply(to: verifier + verifierHash)
            let digest: Digest = if case .plain = kind { .md5 } else { .sha1 }
            if digest.of(plain.prefix(16)) == Array(plain.dropFirst(16)) { return key }
        }
        return nil
    }

    private func key(_ password: [UInt8]) -> Key {
        switch kind {
        case .plain:
            let start = Array(Digest.md5.of(password).prefix(5)) + salt
            return Key(start: Array(Digest.md5.of(Array(repeating: start, count: 16).flatMap(\.self)).prefix(5)), digest: .md5, size: 16)
        case .provider(let size): return Key(start: Digest.sha1.of(salt + password), digest: .sha1, size: size)
        }
    }

    /// What the keys of all blocks come from.
    struct Key {
        fileprivate let start: [UInt8]
        fileprivate let digest: Digest
        fileprivate let size: Int

        func cipher(block: Int) -> RC4Cipher {
            let number = withUnsafeBytes(of: UInt32(truncatingIfNeeded: block).littleEndian) { Array($0) }
            var key = Array(digest.of(start + number).prefix(size))
            // Forty bits lie in a key of 128 ([MS-OFFCRYPTO] 2.3.5.2).
            if digest == .sha1, size == 5 { key += [UInt8](repeating: 0, count: 11) }
            return RC4Cipher(key: key)
        }

        /// A stream from its beginning, whose key changes every `blockSize` bytes.
        func decrypted(_ bytes: [UInt8], blockSize: Int) -> [UInt8] {
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count)
            for (number, start) in stride(from: 0, to: bytes.count, by: blockSize).enumerated() {
                var cipher = cipher(block: number)
                out += cipher.apply(to: bytes[start..<min(start + blockSize, bytes.count)])
            }
            return out
        }
    }
}
