// SPDX-License-Identifier: Apache-2.0

/// What sizes and looks headings have in this document, and which level each of them is.
struct HeadingStyles: Sendable {
    /// A look that headings share.
    struct Look: Hashable, Sendable {
        /// In half points.
        var size: Int
        var isBold: Bool
        var isItalic: Bool
        var isCaps: Bool
    }

    private var characters: [Int: Int] = [:]
    /// The same of tables.
    private var tabular: [Int: Int] = [:]
    /// Sizes that text of more than a line has, or a list with bullets.
    private var running: Set<Int> = []
    private(set) var looks: [Look: (count: Int, depths: [Int: Int])] = [:]
    private var levels: [Look: Int] = [:]
    /// The document's own contents: titles without numbers and spaces, and their levels.
    var outline: [[UInt8]: Int] = [:]
    private(set) var body: Float = 10

    // MARK: Learning

    mutating func learn(_ page: PageLayout) {
        for block in page.blocks where !block.isMarginal {
            tabular.merge(block.sizes, uniquingKeysWith: +)
            if block.marker == nil ? block.lines.count > 1 || block.characters > 90 : Self.isBullet(block) { running.insert(Self.key(block.size)) }
            for line in block.lines where line.bold < 0.5 { characters[Self.key(line.size), default: 0] += line.spans.reduce(0) { $0 + $1.text.count } }
        }
    }

    /// Fixes the body's size from what was seen.
    mutating func settleBody() {
        func most(_ counts: [Int: Int]) -> Int? { counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key }
        guard var best = most(characters) else { return }
        // Nothing but short lines, and more text in tables: the lines may all be headings.
        if !running.contains(best), let size = most(tabular), size < best, best * 5 < size * 8, tabular.values.reduce(0, +) > characters.values.reduce(0, +) { best = size }
        body = Float(best) / 2
    }

    mutating func learnHeading(_ block: LaidBlock) {
        let look = look(block)
        var entry = looks[look] ?? (0, [:])
        entry.count += 1
        if let number = SectionNumber(block.text) { entry.depths[number.depth, default: 0] += 1 }
        looks[look] = entry
    }

    /// Ranks the looks: larger before smaller, bold before plain.
    mutating func settleLevels() {
        rank(leastCount: 1)
        // Covers and slides have many sizes: those seen once get no level of their own.
        if let deepest = levels.values.max(), deepest > 4 { rank(leastCount: 2) }
    }

    private mutating func rank(leastCount: Int) {
        let order = looks.keys.sorted { a, b in
            if a.size != b.size { return a.size > b.size }
            if a.isBold != b.isBold { return a.isBold }
            if a.isCaps != b.isCaps { return a.isCaps }
            return !a.isItalic && b.isItalic
        }
        levels = [:]
        var level = 0
        var previous: Look?
        var depthLevels: [Int: Int] = [:]
        for look in order {
            let depth = looks[look].flatMap { entry in entry.depths.values.reduce(0, +) * 2 > entry.count ? entry.depths.keys.min() : nil }
            if let depth, let known = depthLevels[depth] {
                levels[look] = known
                continue
            }
            let isOwn = level == 0 || (looks[look]?.count ?? 0) >= leastCount
            if isOwn, previous.map({ !Self.isSame($0, look) }) ?? true { level += 1 }
            if let depth {
                // A deeper number is never a higher heading.
                if let above = depthLevels.filter({ $0.key < depth }).values.max(), level <= above { level = above + 1 }
                depthLevels[depth] = level
            }
            levels[look] = min(level, 6)
            previous = look
        }
    }

    private static func isSame(_ a: Look, _ b: Look) -> Bool { abs(a.size - b.size) <= 1 && a.isBold == b.isBold && a.isItalic == b.isItalic && a.isCaps == b.isCaps && a.size > 40 }

    func level(_ block: LaidBlock) -> Int {
        if let level = outlineLevel(block) { return level }
        let own = look(block)
        if let level = levels[own] {
            // Of one look, numbers tell the depth.
            guard let entry = looks[own], let number = SectionNumber(block.text), let least = entry.depths.keys.min(), entry.depths.values.reduce(0, +) * 2 > entry.count else { return level }
            return min(level + max(0, number.depth - least), 6)
        }
        // A look first seen after the levels were fixed: that of the nearest size.
        let near = levels.min { abs($0.key.size - own.size) < abs($1.key.size - own.size) }
        return near?.value ?? 1
    }

    // MARK: Judging

    func outlineLevel(_ block: LaidBlock) -> Int? {
        guard !outline.isEmpty, block.characters <= 300, block.lines.count <= 4 else { return nil }
        return outline[Self.title(block.text)]
    }

    /// By block: whether it is a heading.
    func headings(in blocks: [LaidBlock]) -> [Bool] {
        var flags = [Bool](repeating: false, count: blocks.count)
        for index in blocks.indices.reversed() {
            guard blocks[index].role == nil else { continue }
            let next = index + 1 < blocks.count ? blocks[index + 1] : nil
            flags[index] = isHeading(blocks[index], next: next, isNextHeading: index + 1 < blocks.count && flags[index + 1])
        }
        return flags
    }

    /// `next` is what follows in the same column.
    private func isHeading(_ block: LaidBlock, next: LaidBlock?, isNextHeading: Bool) -> Bool {
        guard case .text(let lines) = block.content, !block.isMarginal, lines.count <= 4 else { return false }
        let text = block.text
        let count = block.characters
        guard count > 1, count <= 240, hasLetters(text) else { return false }
        if CaptionLabel(text) != nil { return false }
        let scale = block.size / max(body, 1)
        let number = SectionNumber(text)
        let isNumbered = number.map { $0.length < text.count && !Self.isQuantity(text, $0) } ?? false || isChapter(text)
        if Self.isBullet(block), scale < 1.3 { return false }
        if outlineLevel(block) != nil, scale > 1.04 || block.isBold || isNumbered && block.marker == nil || block.isItalic || Self.isCaps(text) { return true }
        let endsAsSentence = TextEdges.endsSentence(text) && text.last != 0x3F && text.last != 0x3A && !isNumberedOnly(text)
        let mono = lines.allSatisfy { $0.mono > 0.9 }
        if scale >= 1.14 || scale >= 1.07 && block.isBold {
            if mono && scale < 1.3 { return false }
            if endsAsSentence, count > 60 || block.marker != nil && !block.isBold { return false }
            return count <= 200 && (scale >= 1.25 || lines.count <= 3)
        }
        guard scale > 0.93, lines.count <= 2, count <= 130, !mono else { return false }
        if endsAsSentence || text.last == 0x2C || text.last == 0x3B { return false }
        let isAbove = isNextHeading || (next.map { isBodyText($0, after: block) } ?? false)
        if block.isBold {
            if isNumbered, block.marker == nil || isAbove || scale > 1.03 { return true }
            if text.last == 0x3A { return false }
            guard isAbove, block.marker == nil || Self.isCaps(text) else { return false }
            return isParted(block)
        }
        // Small capitals and capitals with a number.
        if Self.isCaps(text), count >= 4, isAbove, isNumbered || isRomanNumbered(text) || block.isCentered && isParted(block) { return true }
        if block.isItalic, isAbove, isNumbered && (number?.depth ?? 0) > 1 || isLettered(text), isParted(block) { return true }
        return isNumbered && isAbove && isParted(block) && (number?.depth ?? 0) >= 2 && lines.count == 1 && count <= 80 && block.marker == nil
    }

    private static func isBullet(_ block: LaidBlock) -> Bool { if case .bullet? = block.marker?.kind { true } else { false } }
    private func isParted(_ block: LaidBlock) -> Bool { block.gap.map { $0 > 0.35 * block.size } ?? true }

    private func isBodyText(_ next: LaidBlock, after block: LaidBlock) -> Bool {
        switch next.content {
        case .text: return !next.isBold && next.box.y0 >= block.box.y0 - 1 || next.region != block.region || next.isBold && next.size < block.size - 0.4 || next.isBold && SectionNumber(next.text) != nil
        case .code, .table, .picture: return true
        }
    }

    private func isChapter(_ text: [UInt8]) -> Bool {
        for word in ["Chapter ", "CHAPTER ", "Section ", "Appendix ", "APPENDIX ", "Part ", "PART ", "Kapitel ", "Anhang ", "Chapitre "] where text.starts(with: word.utf8) && text.count < 90 { return true }
        return false
    }

    /// `12 apples`: a count, not a section's number.
    private static func isQuantity(_ text: [UInt8], _ number: SectionNumber) -> Bool {
        var at = number.length
        while at < text.count, text[at] == 0x20 || text[at] == 0x29 { at += 1 }
        return number.depth == 1 && !TextEdges.startsUpper(Array(text[at...])) && !(at < text.count && text[at] >= 0xE0)
    }

    private func isNumberedOnly(_ text: [UInt8]) -> Bool { SectionNumber(text)?.length == text.count }
    private func isRomanNumbered(_ text: [UInt8]) -> Bool {
        guard let marker = ListMarker(text) else { return false }
        return marker.mark == 0x2E && (marker.kind == .upperRoman || marker.kind == .upperLetter)
    }
    private func isLettered(_ text: [UInt8]) -> Bool { ListMarker(text)?.kind == .upperLetter }

    private func hasLetters(_ text: [UInt8]) -> Bool {
        var letters = 0, run = 0, longest = 0
        for byte in text {
            let isLetter = byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20)
            if isLetter { letters += 1 }
            run = isLetter ? run + 1 : 0
            longest = max(longest, run)
        }
        // Formulas have single letters, headings words.
        return longest >= 3 && letters >= 2 && letters * 3 >= text.count - letters || text.contains { $0 >= 0xE0 }
    }

    static func isCaps(_ text: [UInt8]) -> Bool {
        var upper = 0, lower = 0
        for byte in text { if (0x41...0x5A).contains(byte) { upper += 1 } else if (0x61...0x7A).contains(byte) { lower += 1 } }
        return upper >= 3 && lower * 8 <= upper
    }

    private func look(_ block: LaidBlock) -> Look {
        let size = Self.key(block.size)
        let isLarge = Float(size) / 2 > 1.14 * body
        return Look(size: size, isBold: block.isBold, isItalic: !isLarge && block.isItalic, isCaps: !isLarge && Self.isCaps(block.text))
    }

    static func key(_ size: Float) -> Int { Int((size * 2).rounded()) }

    /// A title as outlines and pages may differ in it: without number, case and spaces.
    static func title(_ text: [UInt8]) -> [UInt8] {
        var text = text[...]
        if let number = SectionNumber(Array(text)), number.length < text.count { text = text.dropFirst(number.length) }
        return text.filter { $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
}
