// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption
import DocumentReading

/// An encrypted workbook's stream as it was before ([MS-XLS] 2.2.10): contents of records are encrypted, their headers are not.
enum XLSEncryption {
    /// nil when the stream is not encrypted.
    static func decrypted(_ stream: LittleEndianBytes, passwords: [String]) throws(ReadError) -> [UInt8]? {
        var at = 0
        // The record stands behind the beginning, and some say first who may write.
        for _ in 0..<16 {
            guard let record = XLSRecord(stream, at: at), record.type != XLSType.end else { return nil }
            if record.type == XLSType.filePass { return try decrypted(stream, by: record, at: at, passwords + Passwords.builtIn, given: passwords) }
            at = record.next
        }
        return nil
    }

    private static func decrypted(
        _ stream: LittleEndianBytes, by record: XLSRecord, at place: Int, _ passwords: [String], given: [String]
    ) throws(ReadError) -> [UInt8] {
        let pass = record.content
        var out = Array(stream.raw)
        // Read again, the record says nothing.
        out[place] = 0
        out[place + 1] = 0
        // Excel 5 and 95 have nothing but the key and its check.
        let isObfuscated = pass.count == 4 || pass.short(0) == 0
        if isObfuscated {
            let start = pass.count == 4 ? 0 : 2
            let mask = passwords.lazy.compactMap { ObfuscatedBytes(password: $0, key: pass.short(start) ?? 0, check: pass.short(start + 2) ?? 0) }.first
            guard let mask else { throw .encrypted(Passwords.reason("the workbook", given)) }
            forEachContent(stream) { content, record in
                for byte in content { out[byte] = mask.plain(out[byte], at: byte + record.count) }
            }
            return out
        }
        guard let encryption = LegacyEncryption(pass.clipped(2, pass.count)) else { throw .encrypted(Passwords.unreadable("the workbook")) }
        guard let key = encryption.key(among: passwords) else { throw .encrypted(Passwords.reason("the workbook", given)) }
        let plain = key.decrypted(out, blockSize: 1_024)
        forEachContent(stream) { content, _ in out.replaceSubrange(content, with: plain[content]) }
        return out
    }

    /// Where the encrypted bytes lie, and the record's whole content.
    private static func forEachContent(_ stream: LittleEndianBytes, _ body: (Range<Int>, Range<Int>) -> Void) {
        var at = 0
        while let record = XLSRecord(stream, at: at) {
            let content = (at + 4)..<(at + 4 + record.content.count)
            at = record.next
            guard !plainRecords.contains(record.type) else { continue }
            // A sheet's place in the stream stays readable.
            let start = record.type == XLSType.sheet ? min(content.lowerBound + 4, content.upperBound) : content.lowerBound
            body(start..<content.upperBound, content)
        }
    }

    /// Beginnings, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
    private static let plainRecords: Set<Int> = [0x809, 0x409, 0x209, 0x9, XLSType.filePass, 0x194, 0x195, 0xE1, 0x196, 0x138]
}
