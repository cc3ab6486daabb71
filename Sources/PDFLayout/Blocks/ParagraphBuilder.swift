// SPDX-License-Identifier: Apache-2.0

/// Lines of one region as paragraphs, items and code.
struct ParagraphBuilder {
    let column: Box
    /// Vertical bars beside text.
    let bars: [Rule]
    /// The usual distance of baselines within paragraphs, by rounded size; grows with the document.
    var pitches: LinePitches
    /// A page in a fixed pitch as a whole: that is its look, and no code.
    var isTypewritten = false

    /// Blocks of lines that are sorted from above.
    func blocks(_ lines: [Line], code: (Int) -> [UInt8]) -> [LaidBlock] {
        var out: [LaidBlock] = []
        var at = 0
        while at < lines.count {
            let end = isCode(lines[at]) ? codeEnd(lines, at) : paragraphEnd(lines, at)
            var block: LaidBlock
            let box = lines[at..<end].map(\.box).union ?? lines[at].box
            if isCode(lines[at]) {
                block = LaidBlock(.code(codeLines(lines, at..<end, code)), box: box, column: column)
            } else {
                block = LaidBlock(.text(Array(lines[at..<end])), box: box, column: column)
                block.marker = marker(lines, at)
                for index in at..<(end - 1) where isHardEnd(lines, index) { block.breaks.insert(index - at) }
                block.isOpen = end == lines.count && !endsEarly(lines, end - 1)
                block.isCentered = isCentered(lines[at..<end])
            }
            if at > 0 { block.gap = lines[at].box.y0 - lines[at - 1].box.y1 }
            block.isBesideBar = bars.contains { $0.at < box.x0 && $0.at > box.x0 - 40 && $0.from < box.y0 + 4 && $0.to > box.y1 - 4 }
            out.append(block)
            at = end
        }
        return out
    }

    // MARK: Code

    private func isCode(_ line: Line) -> Bool { !isTypewritten && line.mono > 0.92 }

    private func codeEnd(_ lines: [Line], _ start: Int) -> Int {
        var end = start + 1
        while end < lines.count, isCode(lines[end]), abs(lines[end].size - lines[start].size) < 0.1 * lines[start].size,
            lines[end].baseline - lines[end - 1].baseline < 3.2 * lines[start].size, isSameColumn(lines[end], lines[start]) { end += 1 }
        return end
    }

    private func isSameColumn(_ line: Line, _ other: Line) -> Bool { line.box.x0 < max(other.box.x1, other.box.x0 + 200) }

    private func codeLines(_ lines: [Line], _ range: Range<Int>, _ code: (Int) -> [UInt8]) -> [[UInt8]] {
        let left = lines[range].map(\.box.x0).min() ?? 0
        let pitch = max(lines[range.lowerBound].pitch, 1)
        let steps = zip(lines[range], lines[range].dropFirst()).map { $1.baseline - $0.baseline }.sorted()
        let step = steps.isEmpty ? 12 : steps[steps.count / 3]
        var out: [[UInt8]] = []
        for index in range {
            if index > range.lowerBound {
                let empty = Int(((lines[index].baseline - lines[index - 1].baseline) / max(step, 1)).rounded()) - 1
                for _ in 0..<max(0, min(empty, 3)) { out.append([]) }
            }
            let indent = max(0, min(80, Int(((lines[index].box.x0 - left) / pitch).rounded())))
            out.append([UInt8](repeating: 0x20, count: indent) + code(index))
        }
        return out
    }

    // MARK: Paragraphs

    private func paragraphEnd(_ lines: [Line], _ start: Int) -> Int {
        var end = start + 1
        while end < lines.count, !isCode(lines[end]), goesOn(lines, start, end) { end += 1 }
        return end
    }

    /// Whether the line at `index` belongs to the paragraph that began at `start`.
    private func goesOn(_ lines: [Line], _ start: Int, _ index: Int) -> Bool {
        let line = lines[index], before = lines[index - 1], first = lines[start]
        let size = max(line.size, before.size)
        if max(line.size, before.size) > 1.09 * min(line.size, before.size), line.words > 0, !isRaisedOnly(line) { return false }
        let gap = line.baseline - before.baseline
        if gap < -0.2 * size { return false }
        if gap > pitches.most(for: size) {
            // Widely spaced text: a full line and one that goes on in the middle of a sentence.
            guard gap < 2.3 * size, TextEdges.startsLower(line.spans.first?.text ?? []), !TextEdges.endsSentence(before.text), !endsEarly(lines, index - 1) else { return false }
        }
        if line.isRightToLeft != before.isRightToLeft, line.words > 3, before.words > 3 { return false }
        if marker(lines, index) != nil { return false }
        // One note below the other, each with its raised number.
        if isNoted(line), isNoted(first) { return false }
        if before.hasLeader { return false }
        let isShort = endsEarly(lines, index - 1)
        if isShort || TextEdges.endsSentence(before.text), CaptionLabel(line.text)?.isSure ?? false { return false }
        if (before.bold > 0.85) != (line.bold > 0.85), isShort || before.bold > 0.85 && line.bold < 0.15 && TextEdges.startsUpper(line.spans.first?.text ?? []) {
            return false
        }
        if isShort, before.italic > 0.85 && line.italic < 0.15 || before.italic < 0.15 && line.italic > 0.85 { return false }
        let lead = lead(line), base = index - start >= 2 ? lines[(start + 1)..<index].lazy.map({ self.lead($0) }).min() ?? lead : lead
        if marker(lines, start) != nil {
            // Under an item's text, or below its marker.
            let body = first.bodyX.map { first.isRightToLeft ? column.x1 - $0 : $0 - column.x0 } ?? self.lead(first) + size
            if lead < self.lead(first) - 0.5 * size { return false }
            if isShort, lead < body - 0.6 * size { return false }
            if lead < self.lead(first) + 0.4 * size, body > self.lead(first) + 0.9 * size, index - start >= 2, self.lead(before) > lead + 0.6 * size { return false }
        } else if index - start == 1 {
            // The second line decides whether the first was indented.
            if lead > self.lead(first) + 0.8 * size, !isCenteredPair(before, line), isShort || TextEdges.endsSentence(before.text) { return false }
        } else if lead > base + 0.8 * size, !isCenteredPair(before, line), isShort || TextEdges.endsSentence(before.text) || lead < base + 4 * size {
            return false
        } else if lead < base - 1.5 * size, !isCenteredPair(before, line) {
            return false
        }
        guard isShort else { return true }
        if isCenteredPair(before, line) { return true }
        // A line that ended by itself: verses and addresses go on in small steps, sentences do not.
        if TextEdges.endsSentence(before.text) { return false }
        return TextEdges.startsLower(line.spans.first?.text ?? []) && before.words > 2 || before.last == 0x2C
    }

    private func isNoted(_ line: Line) -> Bool {
        guard let label = line.spans.first, label.look.contains(.raised), line.spans.count > 1 else { return false }
        return label.text.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x20 || $0 == 0x2A }
    }

    private func isRaisedOnly(_ line: Line) -> Bool { line.words <= 1 && line.box.width < 2 * line.size }

    /// Distance of a line's beginning from its column's.
    private func lead(_ line: Line) -> Float { line.isRightToLeft ? column.x1 - line.box.x1 : line.box.x0 - column.x0 }

    /// Free room behind a line.
    private func room(_ line: Line, _ edge: Float) -> Float { line.isRightToLeft ? line.box.x0 - edge : edge - line.box.x1 }

    /// Whether the next line's first word would still have had room on this line.
    private func endsEarly(_ lines: [Line], _ index: Int) -> Bool {
        let line = lines[index]
        // The edge that lines nearby reach.
        let near = (max(0, index - 8)..<min(lines.count, index + 9)).lazy.filter { abs(lines[$0].size - line.size) < 0.1 * line.size && lines[$0].isRightToLeft == line.isRightToLeft }
        guard let edge = line.isRightToLeft ? near.map({ lines[$0].box.x0 }).min() : near.map({ lines[$0].box.x1 }).max() else { return false }
        let word = index + 1 < lines.count ? lines[index + 1].firstWord : 4 * line.size
        let isDense = TextEdges.endsIdeographic(line.text)
        return room(line, edge) > (isDense ? 1.8 * line.size : min(word, 0.5 * column.width) + 0.45 * line.size)
    }

    private func isHardEnd(_ lines: [Line], _ index: Int) -> Bool {
        endsEarly(lines, index) && !isCenteredPair(lines[index], lines[index + 1]) && !TextEdges.startsLower(lines[index + 1].spans.first?.text ?? [])
    }

    private func isCenteredPair(_ one: Line, _ other: Line) -> Bool {
        abs(one.box.midX - other.box.midX) < 0.6 * one.size && abs(one.box.x0 - other.box.x0) > 0.8 * one.size
    }

    private func isCentered(_ lines: ArraySlice<Line>) -> Bool {
        guard let first = lines.first, lines.allSatisfy({ abs($0.box.midX - column.midX) < 1.2 * $0.size }) else { return false }
        return first.box.x0 > column.x0 + 2 * first.size
    }

    // MARK: Markers

    /// A line's marker when it begins an item and is no sentence that happens to start so.
    private func marker(_ lines: [Line], _ index: Int) -> ListMarker? {
        let line = lines[index]
        guard let marker = ListMarker(line.text) else { return nil }
        switch marker.kind {
        case .bullet(let c):
            guard c == 0x2D || c == 0x2013 || c == 0x2014 || c == 0x2A || c == 0x6F || c == 0xB7 || c == 0x2212 else { return marker }
            if line.bodyX != nil { return marker }
            // A dash within a sentence that a line's end parted.
            guard index > 0 else { return marker }
            return endsEarly(lines, index - 1) || TextEdges.endsSentence(lines[index - 1].text) || ListMarker(lines[index - 1].text)?.kind == marker.kind ? marker : nil
        case .decimal, .lowerLetter, .upperLetter, .lowerRoman, .upperRoman:
            if index == 0 || line.bodyX != nil { return marker }
            let before = lines[index - 1]
            if line.baseline - before.baseline > pitches.most(for: line.size) { return marker }
            if endsEarly(lines, index - 1) || TextEdges.endsSentence(before.text) || countsOn(lines, index, marker) { return marker }
            return lead(line) < lead(before) - 0.5 * line.size ? marker : nil
        }
    }

    /// Whether the lines just above have the number before this one at the same place, so that both are items, however long they are.
    private func countsOn(_ lines: [Line], _ index: Int, _ marker: ListMarker) -> Bool {
        for before in lines[max(0, index - 6)..<index].reversed() {
            let offset = lead(before) - lead(lines[index])
            // Lines of the item's text are set in as far or further.
            if offset < -0.3 * lines[index].size { return false }
            guard offset < 0.3 * lines[index].size, let its = ListMarker(before.text), its.kind == marker.kind, its.mark == marker.mark else { continue }
            return its.number + 1 == marker.number
        }
        return false
    }
}

/// Distances of baselines by size of text.
struct LinePitches: Sendable {
    private var seen: [Int: [Int: Int]] = [:]

    private func key(_ size: Float) -> Int { Int((size * 2).rounded()) }

    /// Notes lines that surely follow each other within a paragraph: the upper one reaches the column's end.
    mutating func learn(_ lines: [Line], right: Float) {
        for (line, next) in zip(lines, lines.dropFirst()) where abs(line.size - next.size) < 0.3 && line.words > 3 {
            let isFull = line.isRightToLeft ? true : line.box.x1 > right - 1.5 * line.size
            let pitch = next.baseline - line.baseline
            guard isFull, pitch > 0.8 * line.size, pitch < 2.6 * line.size else { continue }
            seen[key(line.size), default: [:]][Int((pitch * 4).rounded()), default: 0] += 1
        }
    }

    /// The distance above which a new paragraph begins.
    func most(for size: Float) -> Float {
        guard let counts = seen[key(size)], let total = Optional(counts.values.reduce(0, +)), total >= 3 else { return 1.52 * size }
        // The smallest pitch that is not rare.
        let sorted = counts.sorted { $0.key < $1.key }
        var sum = 0
        for (pitch, count) in sorted {
            sum += count
            if sum * 4 >= total { return Float(pitch) / 4 * 1.12 + 0.16 * size }
        }
        return 1.52 * size
    }
}
