// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption
import DocumentReading
import DocumentTree

/// A document of Word 1 or 2 for Windows, whose file is its stream, as Word 6 would have it without any properties.
///
/// Where the text lies is said in the same place of the header; how it looks is said in other ways, and left out.
enum DOCOldFile {
    /// nil when the bytes are none of theirs.
    static func modern(_ bytes: LittleEndianBytes, _ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8]? {
        guard let mark = bytes.short(0), marks.contains(mark) else { return nil }
        guard let flags = bytes.short(10), let start = bytes.long(24), let end = bytes.long(28), bytes.count >= 0x60 else {
            throw .malformed("the document's header is cut off")
        }
        guard flags & 0x100 == 0 else { throw .encrypted(Passwords.unreadable("the document")) }
        guard start >= 0x60, start < end, start < bytes.count else { throw .malformed("the document's text is not in the file") }
        if end > bytes.count { diagnostics.report("text-missing", "a part of the text is not in the file") }
        diagnostics.report("formatting-left-out", "a document of Word 2 or older was read without its headings, lists and marks")
        if flags & 4 != 0 { diagnostics.report("text-order-uncertain", "the document was saved quickly; its text comes in the order in which it was typed") }
        var text: [UInt8] = []
        // Paragraphs end with two characters there.
        for byte in bytes.clipped(start, end - start).raw where byte != 0x0A || text.last != 0x0D { text.append(byte) }
        var header = [UInt8](repeating: 0, count: headerSize)
        func put(_ value: Int, at place: Int) { for byte in 0..<4 { header[place + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) } }
        put(0x65_A5DC, at: 0)
        put(bytes.short(6) ?? 0x409, at: 6)
        put(0, at: 10)
        put(headerSize, at: 24)
        put(headerSize + text.count, at: 28)
        put(text.count, at: 0x34)
        return header + text
    }

    private static let marks: Set<Int> = [0xA59B, 0xA5DB]
    private static let headerSize = 1_024
}
