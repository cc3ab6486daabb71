// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption
import DocumentReading

/// The streams of an encrypted Word document as they were before ([MS-DOC] 2.2.6.1 to 2.2.6.3).
struct DOCEncryption {
    private enum Method {
        case blocks(LegacyEncryption.Key)
        case obfuscated(ObfuscatedBytes)
    }

    private let method: Method
    /// The beginning says where everything is, and is not encrypted.
    private let plainBytes: Int
    private static let blockSize = 512

    /// nil when the document is not encrypted.
    init?(_ word: LittleEndianBytes, _ file: CompoundFile, passwords: [String]) throws(ReadError) {
        guard let flags = word.short(10), flags & 0x100 != 0 else { return nil }
        let isOld = (word.short(2) ?? 0) < Self.firstOfWord97
        plainBytes = isOld ? 52 : 68
        // Word 6 and 95 know nothing else.
        if flags & 0x8000 != 0 || isOld {
            let (first, second) = (word.short(14) ?? 0, word.short(16) ?? 0)
            // The two halves of the check ([MS-OFFCRYPTO] 2.3.7.4) are found in either order.
            let mask = passwords.lazy.compactMap {
                ObfuscatedBytes(password: $0, key: first, check: second) ?? ObfuscatedBytes(password: $0, key: second, check: first)
            }.first
            guard let mask else { throw .encrypted(Passwords.reason("the document", passwords)) }
            method = .obfuscated(mask)
            return
        }
        let table = file.contents(at: flags & 0x200 != 0 ? "1Table" : "0Table")?.bytes ?? []
        guard let encryption = table.withUnsafeBytes({ LegacyEncryption(LittleEndianBytes($0)) }) else {
            throw .encrypted(Passwords.unreadable("the document"))
        }
        guard let key = encryption.key(among: passwords) else { throw .encrypted(Passwords.reason("the document", passwords)) }
        method = .blocks(key)
    }

    /// Lower version numbers are those of Word 6 and 95.
    static let firstOfWord97 = 0x6A

    func word(_ bytes: LittleEndianBytes) -> [UInt8] {
        var out = stream(bytes)
        let plain = bytes.raw.prefix(plainBytes)
        out.replaceSubrange(0..<plain.count, with: plain)
        // It says no more that it is encrypted.
        if out.count > 11 { out[11] &= 0xFE }
        return out
    }

    func stream(_ bytes: LittleEndianBytes) -> [UInt8] {
        switch method {
        case .blocks(let key): key.decrypted(Array(bytes.raw), blockSize: Self.blockSize)
        case .obfuscated(let mask): bytes.raw.enumerated().map { place, byte in mask.plainInDocument(byte, at: place) }
        }
    }
}
