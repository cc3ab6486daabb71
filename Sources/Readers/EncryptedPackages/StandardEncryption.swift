// SPDX-License-Identifier: Apache-2.0
import Decryption

/// Standard encryption, as Office 2007 has it: AES in blocks of its own, a key by SHA-1 ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9).
struct StandardEncryption: OfficeEncryptionScheme {
    private let salt: ArraySlice<UInt8>
    private let verifier: ArraySlice<UInt8>
    private let verifierHash: ArraySlice<UInt8>
    private let keySize: Int

    /// nil when it is damaged or of another kind.
    init?(_ info: [UInt8]) {
        func long(_ at: Int) -> Int? {
            guard at >= 0, at + 4 <= info.count else { return nil }
            return info[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        guard let headerSize = long(8), headerSize <= info.count, let algorithm = long(20), let bits = long(28) else { return nil }
        switch algorithm {
        case 0, 0x660E: keySize = 16
        case 0x660F: keySize = 24
        case 0x6610: keySize = 32
        default: return nil
        }
        guard bits == 0 || bits == 8 * keySize else { return nil }
        let start = 12 + headerSize
        // Size of the salt, salt, verifier, size of its hash, hash.
        guard long(start) == 16, start + 72 <= info.count else { return nil }
        salt = info[(start + 4)..<(start + 20)]
        verifier = info[(start + 20)..<(start + 36)]
        verifierHash = info[(start + 40)..<(start + 72)]
    }

    func key(for password: [UInt8]) -> [UInt8]? {
        let hash = Digest.sha1.of(Digest.sha1.counted(Digest.sha1.of(salt + password), 50_000) + [0, 0, 0, 0])
        func part(_ filler: UInt8) -> [UInt8] {
            var block = [UInt8](repeating: filler, count: 64)
            for (place, byte) in hash.enumerated() { block[place] ^= byte }
            return Digest.sha1.of(block)
        }
        let key = Array((part(0x36) + part(0x5C)).prefix(keySize))
        guard let cipher = AESCipher(key: key) else { return nil }
        let isRight = Digest.sha1.of(cipher.decryptedBlocks(verifier)) == Array(cipher.decryptedBlocks(verifierHash).prefix(20))
        return isRight ? key : nil
    }

    func decrypted(_ bytes: ArraySlice<UInt8>, key: [UInt8]) -> [UInt8] { AESCipher(key: key)?.decryptedBlocks(bytes) ?? [] }
}
