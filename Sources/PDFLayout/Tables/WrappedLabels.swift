// SPDX-License-Identifier: Apache-2.0

/// Rows with nothing but a line of a label, in tables whose labels are longer than their column is wide.
///
///     Murder and nonnegligent              Weapons; carrying,       12
///       manslaughter . . . . .   12        possessing, etc.
///     Robbery  . . . . . . . .    7        Arson                     3
///
/// A label goes on where its line had no room for the next word, and the next line begins as no label does.
struct WrappedLabels {
    let content: PageContent
    let rows: [TextRow]
    /// Where the first column ends.
    let edge: Float

    /// By row but the last: whether the next one belongs to it. Two rows with numbers are never one.
    func joints() -> [Bool] {
        let isBare = rows.map { row in row.fragments.allSatisfy { $0.box.midX < edge } }
        guard isBare.contains(true) else { return [Bool](repeating: false, count: max(0, rows.count - 1)) }
        let labels = rows.map { row in Label(row.fragments.filter { $0.box.midX < edge }, content) }
        // Dots need room too.
        let slack: Float = labels.contains { $0?.hasLeader ?? false } ? 2 : 0.35
        guard let limit = labels.compactMap({ $0?.reach }).max() else { return [Bool](repeating: false, count: max(0, rows.count - 1)) }
        var joints = rows.indices.dropFirst().map { index -> Bool in
            guard isBare[index - 1] || isBare[index], let label = labels[index - 1], let next = labels[index] else { return false }
            return label.goesOn(in: next, before: index + 1 < rows.count ? labels[index + 1] : nil, limit: limit - slack * label.size)
        }
        part(&joints, isBare)
        return joints
    }

    /// Parts rows that would join two rows with numbers: on the side on which other labels end.
    private func part(_ joints: inout [Bool], _ isBare: [Bool]) {
        var runs: [Range<Int>] = []
        var above = 0, below = 0
        var index = 1
        while index < rows.count {
            guard isBare[index], !isBare[index - 1] else { index += 1; continue }
            var end = index
            while end < rows.count, isBare[end] { end += 1 }
            let isAbove = joints[index - 1], isBelow = end < rows.count && joints[end - 1]
            if isAbove, isBelow, joints[(index - 1)..<end].allSatisfy(\.self) { runs.append(index..<end) } else {
                above += isAbove ? 1 : 0
                below += isBelow ? 1 : 0
            }
            index = end
        }
        for run in runs { joints[below > above ? run.lowerBound - 1 : run.upperBound - 1] = false }
    }

    /// A line of a label.
    private struct Label {
        let content: PageContent
        var box: Box
        /// Its end, with the dots that lead to the numbers.
        var reach: Float
        var glyphs: [Int32]
        var size: Float
        var hasLeader: Bool

        init?(_ fragments: [Fragment], _ content: PageContent) {
            self.content = content
            glyphs = fragments.flatMap(\.glyphs)
            guard let size = fragments.first?.size, let whole = fragments.map(\.box).union else { return nil }
            self.size = size
            reach = whole.x1
            let dots = glyphs.reversed().prefix { [0x2E, 0xB7, 0x2026, 0x5F].contains(content.glyphs[Int($0)].scalar) }.count
            hasLeader = dots >= 3
            // The first one may end the label itself.
            if hasLeader { glyphs.removeLast(dots - 1) }
            guard let box = glyphs.map({ content.glyphs[Int($0)].box }).union else { return nil }
            self.box = box
        }

        private func scalar(_ place: Int32) -> UInt32 { content.glyphs[Int(place)].scalar }
        private var isBold: Bool { glyphs.first.map { content.styles[Int(content.glyphs[Int($0)].style)].isBold } ?? false }

        func goesOn(in next: Label, before follower: Label?, limit: Float) -> Bool {
            guard !hasLeader, isBold == next.isBold, abs(size - next.size) < 0.1 * size, next.box.y0 - box.y0 < 1.6 * size, next.box.y0 > box.y0,
                next.box.x0 > box.x0 - 0.5 * size, next.box.x0 < box.x0 + 5 * size, let first = next.glyphs.first, let last = glyphs.last, !Scalars.isRightToLeft(scalar(first)),
                box.x1 + 0.25 * size + WordPieces.firstWord(next.glyphs, content, size: size) > limit, scalar(last) != 0x3A
            else { return false }
            if Scalars.isLower(scalar(first)) || TextOpenness.isOpen(glyphs, content) || TextOpenness.endsWithin(glyphs, content, size: size) { return true }
            // A line that is set in, and what follows is not: no row of a group that the line above is the head of.
            return next.box.x0 > box.x0 + 0.4 * size && follower.map { $0.box.x0 < next.box.x0 - 0.4 * size } ?? false
        }
    }
}

/// Whether text must go on.
enum TextOpenness {
    /// Ends in a comma, a dash, or a bracket's beginning.
    static func isOpen(_ glyphs: [Int32], _ content: PageContent) -> Bool {
        glyphs.last.map { [0x2C, 0x2D, 0x2010, 0x2013, 0x2014, 0x2F, 0x26, 0x28].contains(content.glyphs[Int($0)].scalar) } ?? false
    }

    /// Ends in a word that none ends with: the short ones in small letters, as prepositions and articles are.
    static func endsWithin(_ glyphs: [Int32], _ content: PageContent, size: Float) -> Bool {
        var word: [UInt32] = []
        for place in glyphs.reversed() {
            let glyph = content.glyphs[Int(place)]
            if !word.isEmpty, content.glyphs[Int(glyphs[glyphs.count - word.count])].box.x0 - glyph.box.x1 > 0.16 * size {
                return word.count <= 2 && Scalars.isLetter(glyph.scalar) || word.count == 3 && articles.contains(word.reversed())
            }
            guard Scalars.isLower(glyph.scalar), word.count < 3 else { return false }
            word.append(glyph.scalar)
        }
        return false
    }

    private static let articles: Set<[UInt32]> = Set(["and", "the", "for", "und", "der", "des", "von", "les", "par", "del", "per", "los", "las", "por"].map { $0.unicodeScalars.map(\.value) })
}
