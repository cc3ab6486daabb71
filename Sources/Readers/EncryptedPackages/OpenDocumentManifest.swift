// SPDX-License-Identifier: Apache-2.0
import Decryption
import DocumentReading
import TextDecoding
import XMLTree

/// What a package's manifest says of its encrypted parts (ODF 1.3 part 2, 4.8).
enum OpenDocumentManifest {
    enum Cipher { case aes, authenticAES, blowfish }

    /// How a key comes from a password.
    struct Derivation: Hashable {
        enum Function: Hashable {
            /// PBKDF2 with so many rounds.
            case rounds(Int)
            /// As LibreOffice 24.8 and later have it.
            case argon2(PasswordHash)
        }

        var start: Digest
        var salt: [UInt8]
        var function: Function
        var keySize: Int
        var password = ""

        /// nil when memory is short.
        var key: [UInt8]? {
            let password = start.of(Array(password.utf8))
            return switch function {
            case .rounds(let rounds): MessageCode(key: password).derivedKey(salt: salt, rounds: rounds, size: keySize)
            case .argon2(let hash): hash.key(password, salt: salt, size: keySize)
            }
        }
    }

    /// A hash of the packed part's first 1,024 bytes.
    struct Checksum {
        let digest: Digest
        let value: [UInt8]

        func matches(_ bytes: [UInt8]) -> Bool { digest.of(bytes.prefix(1_024)) == value }
    }

    struct Encryption {
        let cipher: Cipher
        let vector: [UInt8]
        let derivation: Derivation
        let checksum: Checksum?
    }

    private static let mostRounds = 2_000_000

    /// By path; nil for a part that is encrypted in a way that is not read.
    static func encryptedParts(_ manifest: [UInt8]) -> [String: Encryption?] {
        guard let tree = try? XMLTree(manifest, vocabulary: XMLVocabulary([])) else { return [:] }
        return tree.withRoot { root in
            var parts: [String: Encryption?] = [:]
            for file in root.children {
                guard let path = file.plain("full-path"), let data = file.descendant("encryption-data") else { continue }
                parts.updateValue(encryption(data), forKey: path)
            }
            return parts
        }
    }

    private static func encryption(_ data: XMLElement) -> Encryption? {
        guard let algorithm = data.descendant("algorithm"), let name = algorithm.plain("algorithm-name")?.lowercased(),
            let derivation = data.descendant("key-derivation"), let function = function(derivation)
        else { return nil }
        let cipher: Cipher
        if name.hasSuffix("aes256-cbc") || name.hasSuffix("aes128-cbc") || name.hasSuffix("aes192-cbc") {
            cipher = .aes
        } else if name.hasSuffix("aes256-gcm") || name.hasSuffix("aes128-gcm") || name.hasSuffix("aes192-gcm") {
            cipher = .authenticAES
        } else if name.contains("blowfish") {
            cipher = .blowfish
        } else { return nil }
        let start = data.descendant("start-key-generation")?.plain("start-key-generation-name")?.lowercased() ?? "sha1"
        let keySize = derivation.plain("key-size").flatMap { Int($0) } ?? 16
        guard (5...56).contains(keySize) else { return nil }
        return Encryption(
            cipher: cipher, vector: bytes(algorithm.plain("initialisation-vector")),
            derivation: Derivation(start: start.hasSuffix("sha256") ? .sha256 : .sha1, salt: bytes(derivation.plain("salt")), function: function, keySize: keySize),
            checksum: checksum(data))
    }

    private static func function(_ derivation: XMLElement) -> Derivation.Function? {
        func number(_ name: String) -> Int? { derivation.plain(name).flatMap { Int($0) } }
        let name = derivation.plain("key-derivation-name")?.lowercased() ?? ""
        if name.hasSuffix("argon2id"), let passes = number("argon2-iterations"), let memory = number("argon2-memory"), let lanes = number("argon2-lanes") {
            return PasswordHash(passes: passes, memory: memory, lanes: lanes).map { .argon2($0) }
        }
        guard name.hasSuffix("pbkdf2"), let rounds = number("iteration-count"), (1...mostRounds).contains(rounds) else { return nil }
        return .rounds(rounds)
    }

    private static func checksum(_ data: XMLElement) -> Checksum? {
        let type = data.plain("checksum-type")?.lowercased() ?? ""
        guard type.hasSuffix("1k"), let value = data.plain("checksum") else { return nil }
        return Checksum(digest: type.contains("sha256") ? .sha256 : .sha1, value: bytes(value))
    }

    private static func bytes(_ text: String?) -> [UInt8] { Base64Text.bytes((text ?? "").utf8) }
}
