// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import Sheets
import TextDecoding

/// All of a sheet but its cells: what is merged, linked, hidden, commented, drawn. Read before the cells, as it stands behind them.
struct XLSFrame {
    private(set) var merged: [CellArea] = []
    private(set) var links: [Int: String] = [:]
    private(set) var hiddenRows: Set<Int> = []
    private(set) var hiddenColumns: [ClosedRange<Int>] = []
    private(set) var comments: [CellComment] = []
    private(set) var objects: [(row: Int, column: Int, blocks: [Block])] = []
    /// Cells come row by row, as they should.
    private(set) var isInOrder = true

    private let book: XLSBook
    private var remarks: [(row: Int, column: Int, object: Int, author: String, text: String)] = []
    private var texts: [Int: String] = [:]
    private var shape = XLSShape()
    private var lastRow = 0
    private var linkRoom = Self.most
    private static let most = 1_000_000

    init(_ book: XLSBook, from start: Int) {
        self.book = book
        var at = start
        while let record = XLSRecord(book.stream, at: at), record.type != XLSType.end {
            at = record.next
            if record.type == XLSType.beginning {
                let chart = XLSChart(book, from: at)
                at = chart.end
                let blocks = chart.blocks(book.labels)
                if !blocks.isEmpty { objects.append((shape.row, shape.column, blocks)) }
                continue
            }
            at = take(record)
        }
        finish(shape)
        finishComments()
    }

    /// Where the next record begins.
    private mutating func take(_ record: XLSRecord) -> Int {
        let content = record.content
        switch record.type {
        case XLSType.row:
            if let row = content.short(0), let flags = content.short(12), flags & 0x20 != 0 { hiddenRows.insert(row) }
        case XLSType.column:
            if let first = content.short(0), let last = content.short(2), let flags = content.short(8), flags & 1 != 0, first <= min(last, 255) {
                hiddenColumns.append(first...min(last, 255))
            }
        case XLSType.merged: merge(content)
        case XLSType.link: link(content)
        case XLSType.note: note(content)
        case XLSType.drawing:
            let (parts, next) = XLSRecord.continued(book.stream, record)
            for part in parts { for done in shape.read(part) { finish(done) } }
            return next
        case XLSType.object: shape.object(content)
        case XLSType.text: return text(record)
        case XLSType.sharedLabel, XLSType.label, XLSType.richLabel, XLSType.number, XLSType.packed, XLSType.packedRow, XLSType.formula, XLSType.truthOrError:
            let row = content.short(0) ?? 0
            if row < lastRow { isInOrder = false }
            lastRow = row
        default: break
        }
        return record.next
    }

    private mutating func merge(_ content: LittleEndianBytes) {
        for index in 0..<(content.short(0) ?? 0) {
            let at = 2 + 8 * index
            guard merged.count < Self.most, let top = content.short(at), let bottom = content.short(at + 2), let left = content.short(at + 4),
                let right = content.short(at + 6)
            else { return }
            if top <= bottom, left <= right, right < 256 { merged.append(CellArea(top: top, left: left, bottom: bottom, right: right)) }
        }
    }

    private mutating func link(_ content: LittleEndianBytes) {
        guard let top = content.short(0), let bottom = content.short(2), let left = content.short(4), let right = content.short(6),
            top <= bottom, left <= right, let target = XLSLink.target(content.clipped(24, content.count))
        else { return }
        for row in top...min(bottom, top + 255) {
            for column in left...min(right, left + 255) {
                guard linkRoom > 0 else { return }
                linkRoom -= 1
                links[CellOverlay.key(row: row, column: column)] = target
            }
        }
    }

    private mutating func note(_ content: LittleEndianBytes) {
        guard remarks.count < Self.most, let row = content.short(0), let column = content.short(2) else { return }
        if book.isOld {
            let text = book.codePage.text(content.clipped(6, content.count).raw)
            // Long ones go on in records that name no cell.
            if row == 0xFFFF, !remarks.isEmpty { remarks[remarks.count - 1].text += text } else { remarks.append((row, column, -1, "", text)) }
        } else {
            remarks.append((row, column, content.short(6) ?? -1, book.text(content.clipped(8, content.count), lengthSize: 2), ""))
        }
    }

    /// The text of a shape or comment: in the records that continue this one.
    private mutating func text(_ record: XLSRecord) -> Int {
        let (parts, next) = XLSRecord.continued(book.stream, record)
        guard let count = record.content.short(10), count > 0, parts.count > 1 else { return next }
        var reader = XLSStringReader(Array(parts.dropFirst()))
        let flags = reader.byte() ?? 0
        shape.text = reader.letters(count, isWide: flags & 1 != 0)
        return next
    }

    private mutating func finish(_ shape: XLSShape) {
        let text = shape.text
        if shape.kind == 0x19 { return texts[shape.id] = text }
        var blocks: [Block] = []
        if let number = shape.picture, let image = image(number, shape.alternative) { blocks.append(.paragraph([.image(image)])) }
        if text.utf8.contains(where: { $0 > 0x20 }) {
            for line in text.split(whereSeparator: \.isNewline) { blocks.append(.paragraph([.text(String(line))])) }
        }
        if !blocks.isEmpty { objects.append((shape.row, shape.column, blocks)) }
    }

    private func image(_ number: Int, _ alternative: String) -> Image? {
        guard number > 0, number <= book.pictures.count else { return nil }
        if let known = book.media.image(from: number, alternative: alternative) { return known }
        guard let record = OfficeArtPicture.embedded(book.pictures[number - 1]), let picture = OfficeArtPicture(record) else {
            book.diagnostics.report("picture-unsupported", "a picture is in a format that is left out")
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative)
        }
        return book.media.take(picture, from: number, alternative: alternative)
    }

    private mutating func finishComments() {
        var places: [Int: Int] = [:]
        for remark in remarks.sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) }) {
            let text = Self.unwrapped(remark.text.isEmpty ? texts[remark.object] ?? "" : remark.text)
            guard text.utf8.contains(where: { $0 > 0x20 }) else { continue }
            let name = Self.trimmed(remark.author)
            let author = name.isEmpty || text.hasPrefix(name + ":") ? [] : [Inline.text(name + ": ")]
            let block = Block.paragraph(author + SheetCell.lines(Self.trimmed(text)))
            if let place = places[CellOverlay.key(row: remark.row, column: remark.column)] { comments[place].blocks.append(block) } else {
                places[CellOverlay.key(row: remark.row, column: remark.column)] = comments.count
                comments.append(CellComment(row: remark.row, column: remark.column, note: book.nextNote(), blocks: [block]))
            }
        }
    }

    /// What stands in a comment for a thread of newer versions begins with advice to get one.
    private static func unwrapped(_ text: String) -> String {
        guard text.hasPrefix("[Threaded comment]") else { return text }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let advice = lines.firstIndex(where: { $0.hasPrefix("Comment:") }) else { return text }
        return lines[(advice + 1)...].map { $0.drop { $0 == " " } }.joined(separator: "\n")
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

/// A shape while its records come: where it is anchored, what it shows ([MS-XLS] 2.5.193, [MS-ODRAW]).
struct XLSShape {
    var row = -1, column = -1
    var kind = 0, id = 0
    var picture: Int?
    var alternative = ""
    var text = ""

    /// Takes one record of drawing, and gives the shapes that ended in it. The lengths of containers reach over several
    /// records, so that containers are entered, not cut out.
    mutating func read(_ bytes: LittleEndianBytes) -> [XLSShape] {
        var done: [XLSShape] = []
        var at = 0
        while let record = OfficeArtRecord(bytes, at: at) {
            switch record.type {
            case OfficeArtType.drawing, OfficeArtType.group: at = record.start
            case OfficeArtType.shape:
                done.append(self)
                self = XLSShape()
                at = record.start
            default:
                if record.type == OfficeArtType.options {
                    let options = OfficeArtOptions(record)
                    picture = options[OfficeArtOptions.picture]
                    alternative = options.alternative
                } else if record.type == OfficeArtType.clientAnchor {
                    column = record.content.short(2) ?? -1
                    row = record.content.short(6) ?? -1
                }
                at = record.start + record.content.count
            }
        }
        return done
    }

    mutating func object(_ content: LittleEndianBytes) {
        guard content.short(0) == 0x15 else { return }
        kind = content.short(4) ?? 0
        id = content.short(6) ?? 0
    }
}

/// Where a hyperlink leads ([MS-OSHARED] 2.3.7.1).
enum XLSLink {
    /// Nil for places within the workbook, which have no place to lead to in a text.
    static func target(_ bytes: LittleEndianBytes) -> String? {
        guard let flags = bytes.long(4) else { return nil }
        var at = 8
        func string() -> String {
            guard let count = bytes.long(at) else { return "" }
            let text = wide(bytes.clipped(at + 4, min(count, bytes.count) * 2))
            at += 4 + 2 * min(count, bytes.count)
            return text
        }
        if flags & 0x10 != 0 { _ = string() }
        if flags & 0x80 != 0 { _ = string() }
        guard flags & 1 != 0 else { return nil }
        var target = ""
        if flags & 0x100 != 0 {
            target = string()
        } else if bytes.byte(at) == 0xE0 {
            let count = bytes.long(at + 16) ?? 0
            target = wide(bytes.clipped(at + 20, count))
            at += 20 + count
        } else if bytes.byte(at) == 0x03 {
            let count = bytes.long(at + 18) ?? 0
            target = XLSStringReader.text(LittleEndianBytes(UnsafeRawBufferPointer(rebasing: bytes.clipped(at + 22, count).raw.prefix { $0 != 0 })), isWide: false)
            at += 22 + count + 24
            let size = bytes.long(at) ?? 0
            if size > 0 { target = wide(bytes.clipped(at + 10, bytes.long(at + 4) ?? 0)) }
            at += 4 + size
            target = target.replacing("\\", with: "/")
        }
        let place = flags & 8 != 0 && !target.isEmpty ? string() : ""
        return target.isEmpty ? nil : place.isEmpty ? target : target + "#" + place
    }

    private static func wide(_ bytes: LittleEndianBytes) -> String {
        String(XLSStringReader.text(bytes, isWide: true).prefix { $0 != "\0" })
    }
}
