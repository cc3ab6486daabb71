// SPDX-License-Identifier: Apache-2.0
import CPDFium
import PDFLayout

/// Letters of right-to-left scripts that one drawn glyph stands for: PDFium tells each by itself, in an order that depends on how the
/// line was written, and gives each a part of the glyph's box or the whole.
///
/// They are known by the pen, which stands in one place for all of them; some fonts draw lam-alef as two glyphs within each other.
enum LigaturePieces {
    /// The bits of where the pen stands: numbers that are none are no worse to look up than others.
    private struct Pen: Hashable {
        var x, y: UInt32
    }

    /// Gives the letters of a glyph one box, and those of a lam-alef the order in which they are seen from left to right; puts a mark behind
    /// the letter that it was drawn with. Takes time that grows with the number of glyphs.
    static func mend(_ glyphs: inout [pdfium_glyph], _ count: Int) {
        let count = min(count, glyphs.count)
        var letters: [Pen: Int] = [:]
        var start = 0
        while start < count {
            guard isLetter(glyphs[start]) else { start += 1; continue }
            var end = start + 1
            while end < count, areOne(glyphs[start], glyphs[end]) { end += 1 }
            join(&glyphs, start..<end)
            letters[pen(glyphs[start])] = end - 1
            start = end
        }
        guard !letters.isEmpty else { return }
        var marks: [Int: [pdfium_glyph]] = [:]
        var moved: Set<Int> = []
        for index in 0..<count where isRightToLeft(glyphs[index]) && Scalars.isMark(glyphs[index].scalar) {
            guard let letter = letters[pen(glyphs[index])] else { continue }
            unite(&glyphs, [letter, index])
            marks[letter, default: []].append(glyphs[index])
            moved.insert(index)
        }
        guard !moved.isEmpty else { return }
        var ordered: [pdfium_glyph] = []
        ordered.reserveCapacity(count)
        for index in 0..<count where !moved.contains(index) {
            ordered.append(glyphs[index])
            ordered += marks[index] ?? []
        }
        glyphs.replaceSubrange(..<count, with: ordered)
    }

    /// Whether the second of two glyphs is of the same drawn one: the pen is where it was, or an alef lies within its lam.
    private static func areOne(_ one: pdfium_glyph, _ next: pdfium_glyph) -> Bool {
        guard isLetter(next), next.run == one.run, next.y == one.y else { return false }
        if next.x == one.x { return true }
        guard isLam(one) && isAlef(next) || isAlef(one) && isLam(next) else { return false }
        let (lam, alef) = isLam(one) ? (one, next) : (next, one)
        return min(lam.right, alef.right) - max(lam.left, alef.left) > 0.8 * (alef.right - alef.left)
    }

    /// The letters of one glyph.
    private static func join(_ glyphs: inout [pdfium_glyph], _ places: Range<Int>) {
        guard places.count > 1 else { return }
        unite(&glyphs, places)
        // An alef never joins the letter after it: of these two the lam is always read first.
        let first = places.lowerBound
        if places.count == 2, isLam(glyphs[first]), isAlef(glyphs[first + 1]) { glyphs.swapAt(first, first + 1) }
    }

    private static func unite(_ glyphs: inout [pdfium_glyph], _ places: some Collection<Int>) {
        guard var box = places.first.map({ glyphs[$0] }) else { return }
        for place in places {
            box.left = min(box.left, glyphs[place].left)
            box.right = max(box.right, glyphs[place].right)
            box.bottom = min(box.bottom, glyphs[place].bottom)
            box.top = max(box.top, glyphs[place].top)
        }
        for place in places {
            (glyphs[place].left, glyphs[place].right, glyphs[place].bottom, glyphs[place].top) = (box.left, box.right, box.bottom, box.top)
        }
    }

    private static func pen(_ glyph: pdfium_glyph) -> Pen { Pen(x: glyph.x.bitPattern, y: glyph.y.bitPattern) }
    private static func isRightToLeft(_ glyph: pdfium_glyph) -> Bool { glyph.run != UInt32.max && Scalars.isRightToLeft(glyph.scalar) }
    private static func isLetter(_ glyph: pdfium_glyph) -> Bool { isRightToLeft(glyph) && !Scalars.isMark(glyph.scalar) }
    private static func isLam(_ glyph: pdfium_glyph) -> Bool { glyph.scalar == 0x644 }
    private static func isAlef(_ glyph: pdfium_glyph) -> Bool { [0x622, 0x623, 0x625, 0x627, 0x671].contains(glyph.scalar) }
}
