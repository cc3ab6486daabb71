// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Notes at a page's foot and the raised numbers that refer to them; and what people noted on the page.
struct PageNotes {
    private var count = 0
    private var remarks = 0
    private var found: [(note: Note, places: [SourcePosition])] = []

    /// Takes notes out of a page's blocks: small text at the foot that begins with a raised sign which the text has too.
    mutating func take(_ blocks: inout [LaidBlock], of page: Int, body: Float) {
        takeRemarks(&blocks, page)
        var ids: [[UInt8]: NoteID] = [:]
        var references: Set<[UInt8]> = []
        for block in blocks.filter({ $0.size > 0.92 * body }) + blocks.flatMap(\.captions) {
            for line in block.lines { for span in line.spans.dropFirst() where span.look.contains(.raised) { references.insert(Self.label(span.text)) } }
        }
        guard !references.isEmpty else { return }
        var taken: Set<Int> = []
        for (index, block) in blocks.enumerated() where block.size < 0.93 * body {
            guard let first = block.lines.first?.spans.first, block.lines.count <= 30 else { continue }
            let (label, length): ([UInt8], Int)
            if first.look.contains(.raised) {
                (label, length) = (Self.label(first.text), first.text.count)
            } else {
                continue
            }
            guard references.contains(label), ids[label] == nil else { continue }
            count += 1
            let id = NoteID("\(count)")
            ids[label] = id
            let inlines = self.inlines(block, dropping: length)
            found.append((Note(id: id, blocks: [.paragraph(Self.trimmed(inlines))]), block.places))
            taken.insert(index)
        }
        guard !taken.isEmpty else { return }
        blocks = blocks.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
        for index in blocks.indices {
            blocks[index].notes = ids
            for caption in blocks[index].captions.indices { blocks[index].captions[caption].notes = ids }
        }
    }

    /// Makes notes of what people noted on the page.
    private mutating func takeRemarks(_ blocks: inout [LaidBlock], _ page: Int) {
        for block in blocks.indices {
            for index in blocks[block].remarks.indices {
                let remark = blocks[block].remarks[index].remark
                remarks += 1
                let id = NoteID("c\(remarks)")
                blocks[block].remarks[index].note = id
                let words = remark.author.isEmpty ? remark.text : "\(remark.author): \(remark.text)"
                let paragraphs = words.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.map { Block.paragraph([.text(String($0))]) }
                found.append((Note(id: id, blocks: paragraphs), [SourcePosition(page: page, remark.box)]))
            }
        }
    }

    /// Digits or signs of a reference; nothing longer.
    private static func label(_ text: [UInt8]) -> [UInt8] {
        let label = text.filter { $0 != 0x20 }
        return label.count <= 4 ? label : []
    }

    private static func trimmed(_ inlines: [Inline]) -> [Inline] {
        guard case .text(let text)? = inlines.first, text.utf8.first == 0x20 else { return inlines }
        return [.text(String(text.drop { $0 == " " }))] + inlines.dropFirst()
    }

    func inlines(_ block: LaidBlock, dropping: Int, plain: Span.Look = []) -> [Inline] {
        let (lines, notes) = block.remarks.isEmpty ? (block.lines, block.notes) : block.remarked
        return LineInlines.inlines(lines, breaks: block.breaks, links: block.links, dropping: dropping, plain: plain, notes: notes)
    }

    /// Sends the notes so far.
    mutating func send(to sink: any DocumentSink) throws(SinkError) {
        for (note, places) in found {
            if !places.isEmpty { try sink.locate(places) }
            try sink.append(note)
        }
        found = []
    }
}
