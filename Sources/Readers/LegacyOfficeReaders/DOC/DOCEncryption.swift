// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption
import DocumentReading

/// The streams of an encrypted Word document as they were before ([MS-DOC] 2.2.6.2, 2.2.6.3).
struct DOCEncryption {
    private let key: LegacyEncryption.Key

    /// The first 68 bytes say where everything is, and are not encrypted.
    private static let plainBytes = 68
    private static let blockSize = 512

    /// nil when the document is not encrypted.
    init?(_ word: LittleEndianBytes, _ file: CompoundFile, passwords: [String]) throws(ReadError) {
        guard let flags = word.short(10), flags & 0x100 != 0 else { return nil }
        let table = file.contents(at: flags & 0x200 != 0 ? "1Table" : "0Table")?.bytes ?? []
        let encryption = flags & 0x8000 != 0 ? nil : table.withUnsafeBytes { LegacyEncryption(LittleEndianBytes($0)) }
        guard let encryption else {
            throw .encrypted(Passwords.unreadable("the document", passwords))
        }
        guard let key = encryption.key(among: passwords) else { throw .encrypted(Passwords.reason("the document", passwords)) }
        self.key = key
    }

    func word(_ bytes: LittleEndianBytes) -> [UInt8] {
        var out = key.decrypted(Array(bytes.raw), blockSize: Self.blockSize)
        let plain = bytes.raw.prefix(Self.plainBytes)
        out.replaceSubrange(0..<plain.count, with: plain)
        // It says no more that it is encrypted.
        if out.count > 11 { out[11] &= 0xFE }
        return out
    }

    func stream(_ bytes: LittleEndianBytes) -> [UInt8] { key.decrypted(Array(bytes.raw), blockSize: Self.blockSize) }
}
