// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree

/// Turns the text of a shape into blocks: paragraphs, and lists by their bullets and levels.
struct PPTText {
    let deck: PPTDeck
    let master: Int?
    /// Where a click on the whole shape leads.
    var link: String?

    func blocks(_ body: PPTTextBody) -> [Block] {
        var lists = NestedLists()
        var counts: [Int: (scheme: Int, number: Int)] = [:]
        for (start, end) in paragraphs(body) {
            let runs = runs(body, start, end)
            let look = body.paragraphLook(at: start)
            let level = look?.level ?? 0
            for deeper in counts.keys where deeper > level { counts[deeper] = nil }
            guard !runs.isBlank else { continue }
            let numbering = numbering(body, start)
            let blocks = [Block.paragraph(runs.inlines())]
            guard look?.hasBullet ?? (numbering?.scheme != nil ? true : deck.hasBullet(body.kind, level: level, master: master)) else {
                counts[level] = nil
                lists.append(runs.isCode && ProgramText.isLikely(runs.plainText) ? .code(runs.plainText, language: nil) : blocks[0])
                continue
            }
            guard let numbering, let scheme = numbering.scheme else {
                counts[level] = nil
                lists.append(ListItem(blocks), name: "", level: level, number: nil)
                continue
            }
            let before = counts[level]
            let number = before?.scheme == scheme ? (before?.number ?? 0) + 1 : numbering.start
            counts[level] = (scheme, number)
            lists.append(ListItem(blocks), name: "\(scheme)", level: level, number: number)
        }
        return lists.finish()
    }

    /// All of a text on one line, for titles.
    func line(_ body: PPTTextBody) -> [Inline] {
        var runs = TextRuns()
        for (start, end) in paragraphs(body) {
            let own = self.runs(body, start, end)
            guard !own.isBlank else { continue }
            if !runs.isEmpty { runs.add(" ", [], nil) }
            for piece in own.pieces {
                switch piece.content {
                case .text(let text): runs.add(text, piece.marks, piece.link)
                case .inline(.lineBreak): runs.add(" ", piece.marks, piece.link)
                case .inline(let inline): runs.add(inline, piece.marks, piece.link)
                }
            }
        }
        runs.trimStart()
        runs.trimEnd()
        return runs.inlines(without: [.bold, .code])
    }

    private func paragraphs(_ body: PPTTextBody) -> [(Int, Int)] {
        var out: [(Int, Int)] = []
        var start = 0
        for (at, unit) in body.units.enumerated() where unit == 0x0D {
            out.append((start, at))
            start = at + 1
        }
        out.append((start, body.units.count))
        return out
    }

    private func numbering(_ body: PPTTextBody, _ start: Int) -> PPTNumbering? {
        guard !body.numberings.isEmpty else { return nil }
        let run = body.characterRun(at: start)
        let place = run < body.characters.count ? body.characters[run].look.extensionPlace : 0
        return body.numberings.indices.contains(place) ? body.numberings[place] : nil
    }

    private func runs(_ body: PPTTextBody, _ start: Int, _ end: Int) -> TextRuns {
        var runs = TextRuns()
        var at = start
        var place = body.characterRun(at: start)
        while at < end {
            while place < body.characters.count, body.characters[place].end <= at { place += 1 }
            let run = place < body.characters.count ? body.characters[place] : (end: end, look: PPTCharacterLook())
            let link = body.links.first { $0.start <= at && at < $0.end }
            let next = link == nil ? body.links.lazy.map(\.start).filter { $0 > at }.min() ?? end : link?.end ?? end
            let stop = min(end, run.end, next)
            add(body, at, stop, run.look, link.flatMap { deck.links[$0.id] } ?? self.link, to: &runs)
            at = max(stop, at + 1)
        }
        return runs
    }

    private func add(_ body: PPTTextBody, _ start: Int, _ end: Int, _ look: PPTCharacterLook, _ link: String?, to runs: inout TextRuns) {
        var marks: TextMarks = []
        if look.isBold { marks.insert(.bold) }
        if look.isItalic { marks.insert(.italic) }
        if look.position != 0 { marks.insert(look.position > 0 ? .superscript : .subscript) }
        if let font = look.font.flatMap({ deck.fonts[$0] }), MonospacedFont.matches(font) { marks.insert(.code) }
        var plain: [UInt16] = []
        func flush() {
            runs.add(UTF16Text.string(plain), marks, link)
            plain = []
        }
        for at in start..<end where !body.stands.contains(at) {
            switch body.units[at] {
            case 0x0B:
                flush()
                runs.add(.lineBreak, marks, link)
            case 0xF020...0xF0FF:
                flush()
                let font = (look.symbolFont ?? look.font).flatMap { deck.fonts[$0] } ?? ""
                runs.add(SymbolFont.text(font: font, code: UInt32(body.units[at])), marks, link)
            case 0x09, 0x20...: plain.append(body.units[at])
            default: continue
            }
        }
        flush()
    }
}
