// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading

/// The file information block ([MS-DOC] 2.5): where everything is.
struct DOCHeader {
    /// Word 6 and 95 keep everything in one stream, bytes instead of UTF-16, and properties of one-byte codes.
    let isOld: Bool
    /// Text of Word 6 and 95 in one byte a character; East Asian editions of Word 95 have UTF-16 there too (`fExtChar`).
    let hasBytes: Bool
    /// The stream of tables: `0Table`, `1Table`.
    let tableName: String
    let language: Int
    /// Text of files without pieces.
    let textStart: Int, textEnd: Int
    let isInPieces: Bool
    /// Characters of each story, in the order in which they lie.
    let lengths: [Int]
    /// First pages of the old property tables, and how many there are.
    let oldPages: (character: Int, paragraph: Int, characterCount: Int, paragraphCount: Int)
    private let bytes: LittleEndianBytes

    enum Story: Int, CaseIterable { case main, footnotes, headers, macros, comments, endnotes, boxes, headerBoxes }

    /// Parts of the file, by their place in FibRgFcLcb97; and where Word 6 has them.
    enum Part: Int {
        case styles = 1, footnoteMarks = 2, footnotes = 3, commentMarks = 4, comments = 5, headers = 11, characters = 12, paragraphs = 13
        case fonts = 15, bookmarkNames = 21, bookmarks = 22, pieces = 33, commentAuthors = 36, anchors = 40, endnoteMarks = 46, endnotes = 47
        case drawings = 50, boxes = 56, lists = 73, listOverrides = 74

        var oldPlace: Int? {
            switch self {
            case .endnoteMarks: 0x1D2
            case .endnotes: 0x1DA
            case .anchors, .drawings, .boxes, .lists, .listOverrides: nil
            default: 0x58 + 8 * rawValue
            }
        }
    }

    init(_ bytes: LittleEndianBytes) throws(ReadError) {
        self.bytes = bytes
        guard let version = bytes.short(2), let flags = bytes.short(10), bytes.count >= 0x60 else { throw .malformed("the document's header is cut off") }
        guard version >= 0x65 || [0xA5DC, 0xA5EC].contains(bytes.short(0) ?? 0) else { throw .unsupported("a Word document older than Word 6") }
        guard flags & 0x100 == 0 else { throw .encrypted("the document is protected by a password") }
        isOld = version < DOCEncryption.firstOfWord97
        hasBytes = isOld && flags & 0x1000 == 0
        tableName = flags & 0x200 != 0 ? "1Table" : "0Table"
        language = bytes.short(6) ?? 0x409
        textStart = bytes.long(24) ?? 0
        textEnd = bytes.long(28) ?? 0
        isInPieces = flags & 4 != 0 || !isOld
        let first = isOld ? 0x34 : 76
        lengths = Story.allCases.map { max(0, bytes.signedLong(first + 4 * $0.rawValue) ?? 0) }
        oldPages = (bytes.short(0x18A) ?? 0, bytes.short(0x18C) ?? 0, bytes.short(0x18E) ?? 0, bytes.short(0x190) ?? 0)
    }

    /// First character of a story.
    func start(of story: Story) -> Int { lengths.prefix(story.rawValue).reduce(0) { $0 &+ $1 } }

    /// A part of the stream of tables; empty when the file has none.
    func part(_ part: Part, in table: LittleEndianBytes) -> LittleEndianBytes {
        let place = isOld ? part.oldPlace : 154 + 8 * part.rawValue
        guard let place, let start = bytes.long(place), let count = bytes.long(place + 4), count > 0 else { return table.clipped(0, 0) }
        return table.clipped(start, count)
    }
}

/// Positions with a record each ([MS-DOC] 2.2.2); one position more than records.
struct DOCPlex {
    let bytes: LittleEndianBytes
    let size: Int
    let count: Int

    init(_ bytes: LittleEndianBytes, size: Int) {
        self.bytes = bytes
        self.size = size
        count = max(0, bytes.count - 4) / (size + 4)
    }

    func position(_ index: Int) -> Int { bytes.long(4 * index) ?? 0 }
    func record(_ index: Int) -> LittleEndianBytes { bytes.clipped(4 * (count + 1) + size * index, size) }

    /// The last record whose position is not behind `place`; positions are taken to rise.
    func index(of place: Int) -> Int? {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if position(middle) <= place { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}
