// SPDX-License-Identifier: Apache-2.0
import Decryption
import DocumentReading
import TextDecoding
import XMLTree

/// Agile encryption, as Office 2010 and later have it: AES in chains of 4,096 bytes, described in XML ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15).
struct AgileEncryption: OfficeEncryptionScheme {
    /// `keyData` of the package, or `encryptedKey` of a password.
    private struct Parameters {
        let digest: Digest
        let keySize: Int
        let blockSize: Int
        let salt: [UInt8]

        init?(_ element: XMLElement) {
            let digests: [String: Digest] = ["MD5": .md5, "SHA1": .sha1, "SHA-1": .sha1, "SHA256": .sha256, "SHA384": .sha384, "SHA512": .sha512]
            guard element.plain("cipherAlgorithm") == "AES", element.plain("cipherChaining") == "ChainingModeCBC",
                let digest = element.plain("hashAlgorithm").flatMap({ digests[$0] }), let bits = element.plain("keyBits").flatMap({ Int($0) }),
                [128, 192, 256].contains(bits), element.plain("blockSize") == "16", let salt = element.plain("saltValue")
            else { return nil }
            self.digest = digest
            self.salt = Base64Text.bytes(salt.utf8)
            keySize = bits / 8
            blockSize = 16
        }
    }

    private let data: Parameters
    private let password: Parameters
    private let rounds: Int
    private let verifier: [UInt8]
    private let verifierHash: [UInt8]
    private let encryptedKey: [UInt8]

    /// More rounds than this are no document's: Office has 100,000.
    private static let mostRounds = 2_000_000

    /// nil when it is damaged, or of a kind that nobody writes.
    init?(_ xml: ArraySlice<UInt8>) {
        guard let tree = try? XMLTree(Array(xml), vocabulary: XMLVocabulary([])) else { return nil }
        let read = tree.withRoot { root -> (Parameters, Parameters, Int, [[UInt8]])? in
            guard let data = root.descendant("keyData").flatMap({ Parameters($0) }), let key = root.descendant("encryptedKey"), let password = Parameters(key),
                let rounds = key.plain("spinCount").flatMap({ Int($0) }), (0...Self.mostRounds).contains(rounds)
            else { return nil }
            let values = ["encryptedVerifierHashInput", "encryptedVerifierHashValue", "encryptedKeyValue"].map { Base64Text.bytes((key.plain($0) ?? "").utf8) }
            return (data, password, rounds, values)
        }
        guard let read else { return nil }
        (data, password, rounds) = (read.0, read.1, read.2)
        (verifier, verifierHash, encryptedKey) = (read.3[0], read.3[1], read.3[2])
    }

    func key(for password: [UInt8]) -> [UInt8]? {
        let digest = self.password.digest
        let hash = digest.counted(digest.of(self.password.salt + password), rounds)
        func opened(_ value: [UInt8], _ purpose: [UInt8]) -> [UInt8] {
            let key = Self.fitted(digest.of(hash + purpose), self.password.keySize)
            return AESCipher(key: key)?.decryptedChained(value, start: Self.fitted(self.password.salt, self.password.blockSize)) ?? []
        }
        let input = opened(verifier, [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79])
        let expected = opened(verifierHash, [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E])
        guard !input.isEmpty, digest.of(input) == Array(expected.prefix(digest.size)) else { return nil }
        let key = opened(encryptedKey, [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6])
        return key.count >= data.keySize ? Array(key.prefix(data.keySize)) : nil
    }

    func decrypted(_ bytes: ArraySlice<UInt8>, key: [UInt8]) -> [UInt8] {
        guard let cipher = AESCipher(key: key) else { return [] }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var segment: UInt32 = 0
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4_096) {
            let number = withUnsafeBytes(of: segment.littleEndian) { Array($0) }
            out += cipher.decryptedChained(bytes[start..<min(start + 4_096, bytes.endIndex)], start: Self.fitted(data.digest.of(data.salt + number), data.blockSize))
            segment += 1
        }
        return out
    }

    /// Cut, or filled up with 0x36 (2.3.4.11).
    private static func fitted(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
        Array((bytes + [UInt8](repeating: 0x36, count: max(0, size - bytes.count))).prefix(size))
    }
}
