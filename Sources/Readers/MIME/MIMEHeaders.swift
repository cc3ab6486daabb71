// SPDX-License-Identifier: Apache-2.0

/// The header of a message or of a part (RFC 5322, 2.2): its fields in their order, decoded when they are asked for.
///
/// Real headers are broken in every way: lines without a name are skipped while fields follow, a mailbox's `From ` line and
/// empty lines may stand before the first field, the empty line behind the last one may be missing.
package struct MIMEHeaders {
    package struct Field {
        /// Lower case.
        package let name: String
        /// As it stands, folded; valid as long as the message's bytes are.
        package let value: UnsafeRawBufferPointer
    }

    package private(set) var fields: [Field] = []
    /// Where the body begins.
    package private(set) var bodyStart = 0
    private static let mostFields = 2_000

    package init() {}

    /// A part within a message may begin with the empty line, and has no header then; a message may not.
    package init(_ bytes: UnsafeRawBufferPointer, isPart: Bool = false) {
        var value: (name: String, start: Int, end: Int)?
        func field(_ open: (name: String, start: Int, end: Int)) -> Field { Field(name: open.name, value: bytes.part(open.start..<open.end).trimmed) }
        bodyStart = bytes.count
        var strays = 0
        for line in ByteLines(bytes) {
            guard let first = line.bytes.first, !line.bytes.trimmed.isEmpty else {
                if fields.isEmpty, value == nil, !isPart { continue }
                // A blank within a folded field is not its end only where more of the field follows; that is rarer than a body.
                bodyStart = line.next
                break
            }
            if first == 0x20 || first == 0x09, value != nil {
                value?.end = line.start + line.bytes.count
                continue
            }
            if let colon = Self.nameEnd(line.bytes) {
                if let value { fields.append(field(value)) }
                guard fields.count < Self.mostFields else { break }
                let name = String(decoding: line.bytes.part(0..<colon).trimmed, as: UTF8.self).lowercased()
                value = (name, line.start + Self.afterColon(line.bytes, colon), line.start + line.bytes.count)
                strays = 0
                continue
            }
            if fields.isEmpty, value == nil, line.bytes.hasKeyword("From ") || line.bytes.hasKeyword(">From ") { continue }
            strays += 1
            // A stray line in the header, or a body without the empty line before it.
            if strays > 1 || (fields.isEmpty && value == nil) || !Self.continues(bytes, from: line.next) {
                bodyStart = line.start
                break
            }
        }
        if let value { fields.append(field(value)) }
        if fields.isEmpty, !isPart { bodyStart = 0 }
    }

    /// Whether another field follows on the next line.
    private static func continues(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var lines = ByteLines(bytes, from: start)
        return lines.next().flatMap { nameEnd($0.bytes) } != nil
    }

    /// Where the field's name ends (RFC 5322, 3.6.8: printable ASCII but the colon); blanks before the colon are tolerated.
    package static func nameEnd(_ line: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        while index < line.count, line[index] > 0x20, line[index] < 0x7F, line[index] != UInt8(ascii: ":") { index += 1 }
        guard index > 0, index <= 78 else { return nil }
        var colon = index
        while colon < line.count, line[colon] == 0x20 || line[colon] == 0x09 { colon += 1 }
        return colon < line.count && line[colon] == UInt8(ascii: ":") ? index : nil
    }

    private static func afterColon(_ line: UnsafeRawBufferPointer, _ nameEnd: Int) -> Int {
        var index = nameEnd
        while index < line.count, line[index] != UInt8(ascii: ":") { index += 1 }
        return index + 1
    }

    package func raw(_ name: String) -> UnsafeRawBufferPointer? { fields.first { $0.name == name }?.value }

    /// The first field of this name, unfolded and decoded; bytes beyond ASCII are in `charset` where they are not UTF-8.
    package func text(_ name: String, charset: String? = nil) -> String? {
        raw(name).map { EncodedWords.decoded($0, charset: charset) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// All fields of this name.
    package func texts(_ name: String, charset: String? = nil) -> [String] {
        fields.filter { $0.name == name }.map { EncodedWords.decoded($0.value, charset: charset) }.filter { !$0.isEmpty }
    }
}
