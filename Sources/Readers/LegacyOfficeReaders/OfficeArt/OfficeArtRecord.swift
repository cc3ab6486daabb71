// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// A record of [MS-ODRAW] 2.2.1 and [MS-PPT] 2.3.1: a head of eight bytes, and content.
struct OfficeArtRecord {
    let version: Int
    let instance: Int
    let type: Int
    let content: LittleEndianBytes
    /// Offset of the content in what it was read from.
    let start: Int

    var isContainer: Bool { version == 0xF }
    var children: OfficeArtRecords { OfficeArtRecords(content) }

    init?(_ bytes: LittleEndianBytes, at: Int) {
        guard let head = bytes.short(at), let type = bytes.short(at + 2), let length = bytes.long(at + 4) else { return nil }
        version = head & 0xF
        instance = head >> 4
        self.type = type
        start = at + 8
        content = bytes.clipped(at + 8, length)
    }

    func first(_ type: Int) -> OfficeArtRecord? { children.first { $0.type == type } }
}

/// Records one behind the other.
struct OfficeArtRecords: Sequence, IteratorProtocol {
    private let bytes: LittleEndianBytes
    private var at = 0

    init(_ bytes: LittleEndianBytes) { self.bytes = bytes }

    mutating func next() -> OfficeArtRecord? {
        guard let record = OfficeArtRecord(bytes, at: at) else { return nil }
        at = record.start + record.content.count
        return record
    }
}

/// Types of records ([MS-ODRAW] 2.2 to 2.2.42).
enum OfficeArtType {
    static let drawingGroup = 0xF000, store = 0xF001, drawing = 0xF002, group = 0xF003, shape = 0xF004, storeEntry = 0xF007
    static let shapeFacts = 0xF00A, options = 0xF00B, textBox = 0xF00D, childAnchor = 0xF00F, clientAnchor = 0xF010, clientData = 0xF011
    static let groupFacts = 0xF009, tertiaryOptions = 0xF122, secondaryOptions = 0xF121
}

/// The properties of a shape ([MS-ODRAW] 2.2.9, 2.3).
struct OfficeArtOptions {
    private var values: [Int: Int] = [:]
    private var complex: [Int: LittleEndianBytes] = [:]

    init(_ record: OfficeArtRecord?) {
        guard let record else { return }
        var at = 6 * record.instance
        for index in 0..<min(record.instance, record.content.count / 6) {
            guard let id = record.content.short(6 * index), let value = record.content.long(6 * index + 2) else { return }
            values[id & 0x3FFF] = value
            guard id & 0x8000 != 0 else { continue }
            complex[id & 0x3FFF] = record.content.clipped(at, value)
            at += value
        }
    }

    subscript(id: Int) -> Int? { values[id] }

    func bytes(_ id: Int) -> LittleEndianBytes? { complex[id] }

    /// A string of UTF-16 with a NUL behind it.
    func text(_ id: Int) -> String? { complex[id]?.utf16BeforeNUL }

    static let picture = 0x104, pictureName = 0x105, name = 0x380, description = 0x381, geometryText = 0xC0
    static let tableProperties = 0x39F, tableRows = 0x3A0, flags = 0x3BF

    /// What a reader who does not see the picture is told ([MS-ODRAW] 2.3.4.2).
    var alternative: String {
        (text(Self.description) ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
