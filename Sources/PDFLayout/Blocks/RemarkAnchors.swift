// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// What somebody noted at a line.
package struct RemarkAnchor: Sendable {
    /// Place in the block's lines.
    var line: Int
    var remark: Remark
    /// Once the page's notes are counted.
    var note: NoteID?
}

extension PageLayout {
    /// Ties what people noted on the page to the line that each stands at, on it or beside it; `shown` brings boxes of the layout to
    /// the page as it is shown. What stands on a page without text becomes a block of its own.
    mutating func tie(_ remarks: [Remark], _ shown: (Box) -> Box) {
        guard !remarks.isEmpty else { return }
        // A head or foot may be left out yet.
        var places: [(block: Int, line: Int, box: Box)] = []
        for keepsMargins in [false, true] where places.isEmpty {
            for (number, block) in blocks.enumerated() where keepsMargins || !block.isMarginal {
                for (line, its) in block.lines.enumerated() { places.append((number, line, shown(its.box))) }
            }
        }
        for remark in remarks {
            // A mark over a text reaches into the lines above and below it.
            let inset = min(0.2 * remark.box.height, 3)
            let box = Box(remark.box.x0, remark.box.y0 + inset, remark.box.x1, remark.box.y1 - inset)
            // The last of several lines that it covers.
            let nearest = places.enumerated().min { one, other in
                (Self.distance(one.element.box, box), -one.offset) < (Self.distance(other.element.box, box), -other.offset)
            }
            if let nearest {
                blocks[nearest.element.block].remarks.append(RemarkAnchor(line: nearest.element.line, remark: remark))
            } else {
                var block = LaidBlock(.text([Line(empty: remark.box)]), box: remark.box, column: remark.box)
                block.role = .paragraph
                block.places = [SourcePosition(page: number, remark.box)]
                block.remarks = [RemarkAnchor(line: 0, remark: remark)]
                blocks.append(block)
            }
        }
    }

    /// How far a line is from a remark: white above or below counts, white beside less, since notes stand in the margin.
    private static func distance(_ line: Box, _ remark: Box) -> Float {
        max(0, line.y0 - remark.y1, remark.y0 - line.y1) + 0.2 * max(0, line.x0 - remark.x1, remark.x0 - line.x1)
    }
}

extension LaidBlock {
    /// Takes those of a block whose lines were added behind `count` of its own.
    mutating func add(_ others: [RemarkAnchor], behind count: Int) {
        remarks += others.map { RemarkAnchor(line: $0.line + count, remark: $0.remark, note: $0.note) }
    }

    /// Its lines and notes with references to what was noted at them; behind the word that a line's end parts.
    var remarked: (lines: [Line], notes: [[UInt8]: NoteID]) {
        var (lines, notes) = (lines, notes)
        for (number, anchor) in remarks.enumerated() {
            guard let note = anchor.note, lines.indices.contains(anchor.line) else { continue }
            var line = anchor.line
            while line + 1 < lines.count, lines[line].last == 0x2D { line += 1 }
            // A character that no text has.
            let label = Array("\u{E000}\(number)".utf8)
            lines[line].spans.append(Span(label, look: .raised))
            notes[label] = note
        }
        return (lines, notes)
    }
}

extension Line {
    /// A place of no text.
    fileprivate init(empty box: Box) {
        self.init(box: box, baseline: box.y1, size: 10, spans: [], firstWord: 0, words: 0, bold: 0, italic: 0, mono: 0)
    }
}
