// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree

/// Reads the blocks of one story or a part of one: the body, a note, a header, a text box.
final class DOCBody {
    let file: DOCFile
    var fields = FieldStack()
    /// Text boxes, which follow the paragraph they are anchored in.
    var floats: [Block] = []
    /// Floating pictures, which stand before it.
    var leading: [Block] = []
    /// Places of the text where something begins that no character shows, in their order.
    var marks: ArraySlice<DOCMark> = []
    var runs = DOCRunCursor()
    /// The story itself, then the cells of the tables that are open, the outermost first.
    private var levels = [Level()]
    /// A paragraph whose mark was deleted goes on in the next one.
    private var carried: DOCLine?

    private struct Level {
        var content = NestedLists()
        var cells: [[Block]] = []
        var table = DOCTable()
    }

    init(_ file: DOCFile) { self.file = file }

    func blocks(from start: Int, to end: Int) -> [Block] {
        let units = file.pieces.units
        let end = min(end, units.count)
        var at = max(start, 0)
        guard at < end, file.allows(end - at) else { return [] }
        while at < end {
            var mark = at
            while mark < end, !isEnd(units[mark], at: mark) { mark += 1 }
            paragraph(from: at, to: mark, isMarked: mark < end)
            at = mark + 1
        }
        if let carried { emit(carried, DOCParagraph(), nil) }
        carried = nil
        close(to: 0)
        return levels[0].content.finish()
    }

    /// A page break ends a paragraph only where a section ends ([MS-DOC] 2.4.2).
    private func isEnd(_ unit: UInt16, at character: Int) -> Bool {
        guard unit <= 0x0D else { return false }
        if unit == 0x0D || unit == 0x07 { return true }
        guard unit == 0x0C, let (offset, piece) = file.offset(of: character), let run = file.paragraphs.run(at: offset) else { return false }
        return run.end <= offset + piece.width
    }

    private func paragraph(from start: Int, to end: Int, isMarked: Bool) {
        var (properties, run, _) = file.paragraph(endingAt: isMarked ? end : max(start, end - 1))
        let isCellMark = isMarked && file.pieces.units[end] == 0x07
        if isCellMark { properties.depth = max(properties.depth, 1) }
        let isRowEnd = properties.depth == 1 && properties.isRowEnd || properties.depth > 1 && properties.isInnerRowEnd
            || isCellMark && run == nil && start == end && !(levels.last?.cells.isEmpty ?? true)
        if isRowEnd { run = nil }
        close(to: properties.depth)
        while levels.count <= properties.depth { levels.append(Level()) }
        if isRowEnd {
            let level = levels.count - 1
            endCell(ifNeeded: true)
            if !levels[level].table.goesOn(with: properties.row) { closeTable(at: level) }
            levels[level].table.add(levels[level].cells, properties.row)
            levels[level].cells = []
            return
        }
        let style = file.styles[properties.style]
        var line = carried ?? DOCLine()
        carried = nil
        read(from: start, to: end, style: style, into: &line)
        if isMarked, !isCellMark, !properties.isInnerCellEnd, runs.isDeleted(end, in: file, style: style?.characters ?? DOCFormatting()) {
            carried = line
            return
        }
        emit(line, properties, style)
        if isCellMark || properties.isInnerCellEnd { endCell(ifNeeded: false) }
    }

    private func endCell(ifNeeded: Bool) {
        let level = levels.count - 1
        if ifNeeded, levels[level].content.isEmpty { return }
        levels[level].cells.append(levels[level].content.finish())
    }

    private func close(to depth: Int) {
        while levels.count > depth + 1, var level = levels.popLast() {
            if !level.content.isEmpty { level.cells.append(level.content.finish()) }
            if !level.cells.isEmpty { level.table.add(level.cells, DOCRowProperties()) }
            for block in level.table.blocks() { levels[levels.count - 1].content.append(block) }
        }
    }

    /// Ends a level's table, of which all rows are complete; another one follows.
    private func closeTable(at level: Int) {
        for block in levels[level].table.blocks() { levels[level - 1].content.append(block) }
        levels[level].table = DOCTable()
    }

    private func append(_ block: Block) { levels[levels.count - 1].content.append(block) }

    private func emit(_ line: DOCLine, _ properties: DOCParagraph, _ style: DOCStyles.Style?) {
        defer {
            for block in floats { append(block) }
            floats = []
        }
        let label = label(properties)
        for block in leading { append(block) }
        leading = []
        guard !line.runs.isEmpty || line.checked != nil else { return }
        var line = line
        line.takeBox()
        var role = style?.role
        if role == nil, let outline = properties.outline, (0..<9).contains(outline) { role = .heading(outline + 1) }
        let isBlank = line.runs.isBlank
        switch role {
        case .title where !isBlank:
            return append(.heading(level: 1, line.runs.inlines(without: [.bold, .code])))
        case .heading(let level) where !isBlank:
            var content = line.runs.inlines(without: [.bold, .code])
            if let label, !label.isBullet, !label.text.isEmpty {
                content.insert(.text((label.text.last == "." ? String(label.text.dropLast()) : label.text) + " "), at: 0)
            }
            return append(.heading(level: level, content))
        case .code where label == nil: return append(.code(line.runs.plainText, language: nil))
        default: break
        }
        if label == nil, line.checked == nil, line.runs.isCode, ProgramText.isLikely(line.runs.plainText) {
            return append(.code(line.runs.plainText, language: nil))
        }
        var blocks: [Block] = isBlank ? [] : [.paragraph(line.runs.inlines())]
        if let label, !blocks.isEmpty || line.checked != nil {
            if label.isCompound, !label.text.isEmpty, case .paragraph(let content)? = blocks.first { blocks[0] = .paragraph([.text(label.text + " ")] + content) }
            let number = label.isBullet || label.isCompound ? nil : label.number
            return levels[levels.count - 1].content.append(ListItem(blocks, checked: line.checked), name: label.list, level: label.level, number: number)
        }
        if line.checked != nil {
            return levels[levels.count - 1].content.append(ListItem(blocks, checked: line.checked), name: "tasks", level: 0, number: nil)
        }
        for block in blocks { append(role == .quote ? .quote([block]) : block) }
    }

    private func label(_ properties: DOCParagraph) -> DOCNumbering.Label? {
        if let list = properties.list { return file.numbering.label(list, level: properties.level, style: properties.style) }
        return file.oldNumbering.label(properties)
    }
}

/// A paragraph's text while it is read.
struct DOCLine {
    var runs = TextRuns()
    /// Whether it begins with a box, and whether that is ticked.
    var checked: Bool?

    /// A box at the beginning is taken for what it shows: Word 97 has no boxes to tick in running text.
    mutating func takeBox() {
        guard checked == nil, case .text(let text)? = runs.pieces.first?.content, let box = text.unicodeScalars.first, (0x2610...0x2612).contains(box.value) else { return }
        checked = box.value != 0x2610
        var rest = TextRuns()
        for (index, piece) in runs.pieces.enumerated() {
            switch piece.content {
            case .text(let text): rest.add(index == 0 ? String(text.unicodeScalars.dropFirst()) : text, piece.marks, piece.link)
            case .inline(let inline): rest.add(inline, piece.marks, piece.link)
            }
        }
        rest.trimStart()
        runs = rest
    }
}

/// A place in the text where something begins.
struct DOCMark {
    enum Kind {
        case bookmark(String)
        /// A note whose mark is a character of the author's own.
        case note(NoteID)
    }

    var place: Int
    var kind: Kind
}
