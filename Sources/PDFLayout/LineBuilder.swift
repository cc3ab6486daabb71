// SPDX-License-Identifier: Apache-2.0

/// Turns fragments that stand beside each other into a line's text: words, scripts' directions, looks, links.
struct LineBuilder {
    let content: PageContent
    /// By glyph: whether a space was written before it.
    let spaced: [Bool]

    /// A visible character with what comes between it and the one at its left.
    private struct Item {
        var glyph: Int32
        var isSpaced: Bool
        var level: UInt8 = 0
    }

    /// Fragments of one line, from left to right, as one line.
    func line(_ fragments: [Fragment]) -> Line? {
        guard let first = fragments.first else { return nil }
        var items: [Item] = []
        items.reserveCapacity(fragments.reduce(0) { $0 + $1.glyphs.count })
        var box = first.box
        var (size, baseline, weight) = (first.size, first.baseline, first.weight)
        for fragment in fragments {
            let before = items.count
            append(fragment, &items)
            if before > 0, before < items.count { items[before].isSpaced = true }
            box.grow(fragment.box)
            if fragment.weight > weight { (size, baseline, weight) = (fragment.size, fragment.baseline, fragment.weight) }
        }
        guard !items.isEmpty else { return nil }
        let isRTL = order(&items)
        return compose(items, box, size: size, baseline: baseline, isRTL, fragments)
    }

    private func append(_ fragment: Fragment, _ items: inout [Item]) {
        let glyphs = content.glyphs
        let tracking = tracking(fragment)
        var previous: Int32?
        for place in fragment.glyphs {
            let glyph = glyphs[Int(place)]
            guard let last = previous else {
                items.append(Item(glyph: place, isSpaced: false))
                previous = place
                continue
            }
            if Scalars.isMark(glyph.scalar) {
                items.append(Item(glyph: place, isSpaced: false))
                continue
            }
            let before = glyphs[Int(last)]
            let size = min(content.styles[Int(glyph.style)].size, content.styles[Int(before.style)].size)
            let gap = glyph.box.x0 - before.box.x1 - tracking
            var isSpaced = place > last ? spaced[Int(place)] && place - last < 24 : spaced[Int(last)]
            if isSpaced, tracking > 0.08 * size, gap < 0.12 * size { isSpaced = false }
            if !isSpaced {
                let isDense = Scalars.isIdeographic(glyph.scalar) && Scalars.isIdeographic(before.scalar)
                // Between text and code, a space is the text's.
                let isPitched = content.styles[Int(glyph.style)].isMono && content.styles[Int(before.style)].isMono
                let isFelt = glyph.beginsWord && place == last + 1 && tracking == 0 && !Scalars.isClosing(glyph.scalar)
                isSpaced = gap > (isDense ? 0.6 : isPitched ? 0.35 : isFelt ? 0.1 : 0.165) * size
            }
            items.append(Item(glyph: place, isSpaced: isSpaced))
            previous = place
        }
    }

    /// The usual gap between letters of text that is spaced out, 0 elsewhere.
    private func tracking(_ fragment: Fragment) -> Float {
        guard fragment.glyphs.count >= 4 else { return 0 }
        var all = 0, wide = 0
        eachGap(fragment) { gap in
            all += 1
            if gap > 0.09 * fragment.size { wide += 1 }
        }
        guard all >= 3, wide * 3 > all * 2 else { return 0 }
        var gaps: [Float] = []
        gaps.reserveCapacity(all)
        eachGap(fragment) { gaps.append($0) }
        guard let median = gaps.median, median > 0.09 * fragment.size, median < 0.7 * fragment.size else { return 0 }
        return median
    }

    /// The white between each two letters that follow each other.
    private func eachGap(_ fragment: Fragment, _ take: (Float) -> Void) {
        for (a, b) in zip(fragment.glyphs, fragment.glyphs.dropFirst()) {
            let left = content.glyphs[Int(a)], right = content.glyphs[Int(b)]
            if Scalars.isLetter(left.scalar), Scalars.isLetter(right.scalar) { take(right.box.x0 - left.box.x1) }
        }
    }

    // MARK: Direction

    /// Brings items from left-to-right order into reading order (after UAX 9, with what is seen as its input). Whether the line is right to left.
    private func order(_ items: inout [Item]) -> Bool {
        var right = 0, left = 0
        for item in items {
            let c = content.glyphs[Int(item.glyph)].scalar
            if c < 0x590 { if Scalars.isLetter(c) { left += 1 } } else if Scalars.isRightToLeft(c) { right += 1 } else if Scalars.isLetter(c) { left += 1 }
        }
        guard right > 0 else { return false }
        let isRTL = right * 2 >= left
        let base: UInt8 = isRTL ? 1 : 0
        let marks = takeMarks(&items)
        assignLevels(&items, base)
        // Gaps belong between two items; in reversed order they belong to the other one.
        var gaps = items.map(\.isSpaced)
        gaps.append(false)
        var order = Array(items.indices)
        for level in (1...2).reversed() {
            var at = 0
            while at < order.count {
                guard items[order[at]].level >= level else { at += 1; continue }
                var end = at
                while end < order.count, items[order[end]].level >= level { end += 1 }
                order[at..<end].reverse()
                at = end
            }
        }
        var ordered: [Item] = []
        for (position, place) in order.enumerated() {
            var item = items[place]
            item.isSpaced = false
            if position > 0 {
                let previous = order[position - 1]
                if abs(previous - place) == 1 {
                    item.isSpaced = gaps[max(previous, place)]
                } else {
                    item.isSpaced = gaps[place] || gaps[place + 1] || gaps[previous] || gaps[previous + 1]
                }
            }
            ordered.append(item)
            if let own = marks[place] { ordered += own }
        }
        items = ordered
        return isRTL
    }

    private func assignLevels(_ items: inout [Item], _ base: UInt8) {
        func strong(_ c: UInt32) -> UInt8? {
            if Scalars.isMark(c) { return nil }
            if Scalars.isDigit(c) { return 2 }
            if Scalars.isRightToLeft(c) { return 1 }
            if Scalars.isLetter(c) { return base == 0 ? 0 : 2 }
            return nil
        }
        var at = 0
        var last: UInt8?
        while at < items.count {
            if let level = strong(content.glyphs[Int(items[at].glyph)].scalar) {
                items[at].level = level == 2 && base == 0 && last != 1 ? 0 : level
                last = items[at].level
                at += 1
                continue
            }
            var end = at
            while end < items.count, strong(content.glyphs[Int(items[end].glyph)].scalar) == nil { end += 1 }
            let next = end < items.count ? strong(content.glyphs[Int(items[end].glyph)].scalar) : nil
            let level = last != nil && last == next ? last ?? base : base
            for place in at..<end { items[place].level = level }
            at = end
        }
    }

    /// Takes the marks out of right-to-left items: by place of the letter that each stands over, counted without marks.
    private func takeMarks(_ items: inout [Item]) -> [Int: [Item]] {
        func isMark(_ item: Item) -> Bool { Scalars.isMark(content.glyphs[Int(item.glyph)].scalar) }
        guard items.contains(where: isMark) else { return [:] }
        let letters = items.filter { !isMark($0) }
        // A line of marks alone keeps them: there is nothing that they stand over.
        guard !letters.isEmpty else { return [:] }
        var marks: [Int: [Item]] = [:]
        var seen = 0
        for item in items {
            guard isMark(item) else {
                seen += 1
                continue
            }
            // Written before or after its letter: where it stands tells, and what it was written after if nothing does.
            let box = content.glyphs[Int(item.glyph)].box
            var (best, most) = (max(seen - 1, 0), Float(0))
            for place in max(0, seen - 3)..<min(letters.count, seen + 3) {
                let overlap = content.glyphs[Int(letters[place].glyph)].box.overlapX(box)
                if overlap > most + 0.1 { (best, most) = (place, overlap) }
            }
            marks[best, default: []].append(item)
        }
        items = letters
        return marks
    }

    // MARK: Text

    /// Where text stands right behind a section's number, as word processors set it whose tab has no room: `2.1.Harbours`.
    private func endOfNumber(_ items: [Item]) -> Int? {
        func scalar(_ place: Int) -> UInt32 { content.glyphs[Int(items[place].glyph)].scalar }
        guard items.count > 3, (0x30...0x39).contains(scalar(0)) else { return nil }
        let end = items.indices.dropFirst().first { items[$0].isSpaced || scalar($0) != 0x2E && !(0x30...0x39).contains(scalar($0)) } ?? items.count
        guard end >= 2, end <= 12, end + 1 < items.count, scalar(end - 1) == 0x2E, !items[end].isSpaced, Scalars.isUpper(scalar(end)), Scalars.isLower(scalar(end + 1)) else { return nil }
        return end
    }

    private func compose(_ items: [Item], _ box: Box, size: Float, baseline: Float, _ isRTL: Bool, _ fragments: [Fragment]) -> Line {
        var items = items
        if !isRTL, let end = endOfNumber(items) { items[end].isSpaced = true }
        var spans: [Span] = []
        var text: [UInt8] = []
        var look: Span.Look = []
        var link: Int?
        var (bold, italic, mono) = (0, 0, 0)
        var words = 1
        var firstWord: Float?
        let start = content.glyphs[Int(items[0].glyph)].box
        var wordEnd = isRTL ? start.x1 - start.x0 : 0
        let near = content.links.indices.filter { content.links[$0].box.intersects(box) }
        text.reserveCapacity(items.count + items.count / 4)
        func flush() {
            if !text.isEmpty { spans.append(Span(text, look: look, link: link)) }
            text = []
        }
        for (index, item) in items.enumerated() {
            let glyph = content.glyphs[Int(item.glyph)]
            let style = content.styles[Int(glyph.style)]
            var now: Span.Look = []
            if style.isBold { now.insert(.bold); bold += 1 }
            if style.isItalic { now.insert(.italic); italic += 1 }
            if style.isMono, !Scalars.isIdeographic(glyph.scalar) {
                if !content.isTypewritten { now.insert(.mono) }
                mono += 1
            }
            if style.size < 0.86 * size, style.font >= 0 {
                if glyph.baseline < baseline - 0.12 * size { now.insert(.raised) } else if glyph.baseline > baseline + 0.08 * size { now.insert(.lowered) }
            }
            let target = near.isEmpty ? nil : near.first { content.links[$0].box.holdsCenter(of: glyph.box) }
            if item.isSpaced {
                if firstWord == nil { firstWord = wordEnd }
                words += 1
            }
            if index > 0, now != look || target != link {
                if item.isSpaced { text.append(0x20) }
                flush()
                (look, link) = (now, target)
            } else if item.isSpaced {
                text.append(0x20)
            }
            if index == 0 { (look, link) = (now, target) }
            // Hyphens that show only where a line ends.
            let isLastHyphen = index == items.count - 1 && (glyph.scalar == 0xAD || glyph.scalar == 0x2010)
            let isSign = index == 0 && style.isSymbol && glyph.scalar < 0x100 && items.count > 1 && (items[1].isSpaced || fragments[0].glyphs.count == 1)
            Scalars.append(isLastHyphen ? 0x2D : isSign ? 0x2022 : glyph.scalar, to: &text)
            wordEnd = isRTL ? box.x1 - glyph.box.x0 : glyph.box.x1 - box.x0
        }
        flush()
        let count = Float(max(items.count, 1))
        var line = Line(
            box: box, baseline: baseline, size: size, spans: spans, firstWord: firstWord ?? box.width, words: words, bold: Float(bold) / count,
            italic: Float(italic) / count, mono: Float(mono) / count, isRightToLeft: isRTL)
        let glyph = content.glyphs[Int(items[0].glyph)]
        line.font = content.styles[Int(glyph.style)].font
        line.isWithinWord = content.spacesEndLines && HangulLines.isSyllable(glyph.scalar) && !spaced[Int(items[0].glyph)]
        if line.mono > 0.5 { line.pitch = glyph.box.width }
        if fragments.count > 1 { line.bodyX = isRTL ? fragments[fragments.count - 2].box.x1 : fragments[1].box.x0 }
        if isRTL { line.spans = Brackets.mended(line.spans) }
        if line.spans.contains(where: { Leaders.has($0.text) }) {
            line.hasLeader = true
            for index in line.spans.indices { line.spans[index].text = Leaders.shortened(line.spans[index].text) }
        }
        return line
    }
}

/// Right-to-left text whose brackets were noted as they look: turned round when they open where they should close.
enum Brackets {
    static func mended(_ spans: [Span]) -> [Span] {
        var depth = 0, faults = 0
        for span in spans {
            for byte in span.text where byte == 0x28 || byte == 0x29 {
                depth += byte == 0x28 ? 1 : -1
                if depth < 0 { (faults, depth) = (faults + 1, 0) }
            }
        }
        guard faults > 0 else { return spans }
        return spans.map { span in
            var span = span
            for place in span.text.indices {
                switch span.text[place] {
                case 0x28: span.text[place] = 0x29
                case 0x29: span.text[place] = 0x28
                case 0x5B: span.text[place] = 0x5D
                case 0x5D: span.text[place] = 0x5B
                default: continue
                }
            }
            return span
        }
    }
}

/// Rows of dots that lead the eye to a page's number.
enum Leaders {
    private static let least = 5

    static func has(_ text: [UInt8]) -> Bool {
        var run = 0
        for byte in text {
            if byte == 0x2E { run += 1 } else if byte != 0x20 { run = 0 }
            if run >= least { return true }
        }
        return false
    }

    /// A row of dots as one ellipsis.
    static func shortened(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        while at < text.count {
            var end = at, dots = 0
            while end < text.count, text[end] == 0x2E || text[end] == 0x20 && dots > 0 {
                if text[end] == 0x2E { dots += 1 }
                end += 1
            }
            if dots >= least {
                if let last = out.last, last != 0x20 { out.append(0x20) }
                out += [0xE2, 0x80, 0xA6]
                if end < text.count { out.append(0x20) }
                at = end
            } else {
                out.append(text[at])
                at += 1
            }
        }
        return out
    }
}
