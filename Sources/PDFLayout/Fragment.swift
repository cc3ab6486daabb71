// SPDX-License-Identifier: Apache-2.0

/// Glyphs that stand on one baseline with no more than a word's gap between them: a line of a paragraph, or a cell's line.
struct Fragment: Sendable {
    /// Places in the page's glyphs, from left to right once `FragmentBuilder` is done.
    var glyphs: [Int32]
    var box: Box
    var baseline: Float
    /// Em size of most of it.
    var size: Float
    /// Width of the part that size and baseline are of.
    var weight: Float
    /// Whether half of it or more is digits.
    var isNumberLike = false
    /// The table or figure that stands here in the place of glyphs.
    var block: Int?

    init(glyphs: [Int32], box: Box, baseline: Float, size: Float, weight: Float) {
        (self.glyphs, self.box, self.baseline, self.size, self.weight) = (glyphs, box, baseline, size, weight)
    }

    /// The place of a block among text.
    init(block: Int, box: Box) {
        self.init(glyphs: [], box: box, baseline: box.y0 + 1, size: 10, weight: 0)
        self.block = block
    }
}

extension Fragment {
    /// What of a fragment is of one size and stands on one baseline.
    fileprivate struct Part {
        var size: Float = 0
        var baseline: Float = 0
        var weight: Float = 0
    }

    /// Adds a glyph; `other` is the part of another size than the fragment's own, which may become the larger one.
    fileprivate mutating func add(_ place: Int32, _ glyph: Glyph, size: Float, _ other: inout Part) {
        glyphs.append(place)
        box.grow(glyph.box)
        let width = max(glyph.box.width, 0.1)
        if abs(size - self.size) < 0.1 {
            weight += width
        } else if size > self.size * 1.05, width * 2 > weight || weight < size * 1.5 {
            (self.size, baseline, weight) = (size, glyph.baseline, width)
            other = Part()
        } else {
            // A large sign before a line of smaller text must not decide either.
            if abs(size - other.size) > 0.1 || abs(glyph.baseline - other.baseline) > 0.1 { other = Part(size: size, baseline: glyph.baseline) }
            other.weight += width
            if other.weight > 1.5 * weight {
                let main = Part(size: self.size, baseline: baseline, weight: weight)
                (self.size, baseline, weight) = (other.size, other.baseline, other.weight)
                other = main
            }
        }
    }
}

/// Fragments and what is known of the white between their glyphs.
struct FragmentedText {
    var fragments: [Fragment]
    /// By glyph: whether a space was written before it.
    var spaced: [Bool]
    /// Glyphs with white before them that is no word's gap: the page writes its spaces, and none is here. Cells may be parted there.
    var jumps: Set<Int32>
}

/// Puts a page's glyphs into fragments.
///
/// The order of the page's content is followed as long as it writes on: that tells columns apart that stand closer than
/// words do. What was written out of order is joined afterwards by place.
struct FragmentBuilder {
    let content: PageContent
    private var fragments: [Fragment] = []
    /// Glyphs with a space written before them.
    private var spaced: [Bool]
    /// The widest white with a space in it that is a word's gap, in ems.
    private var widest: Float = 1.1

    static func build(_ content: PageContent, _ glyphs: [Int32]) -> FragmentedText {
        var builder = FragmentBuilder(content)
        if content.isRecognized { builder.measure(glyphs) }
        builder.follow(glyphs)
        builder.settle()
        builder.join()
        builder.count()
        return FragmentedText(fragments: builder.fragments, spaced: builder.spaced, jumps: builder.jumps())
    }

    private init(_ content: PageContent) {
        self.content = content
        spaced = [Bool](repeating: false, count: content.glyphs.count)
    }

    private func size(_ glyph: Glyph) -> Float { content.styles[Int(glyph.style)].size }

    /// What OCR read is set in a font narrower than the one on the picture: its words stand as far apart as most of them do.
    private mutating func measure(_ places: [Int32]) {
        var gaps: [Float] = []
        var digits = 0
        var last: Glyph?
        var spaces = 0
        for place in places {
            let glyph = content.glyphs[Int(place)]
            if glyph.isSpace { spaces += 1; continue }
            if Scalars.isDigit(glyph.scalar) { digits += 1 }
            if spaces == 1, let last, abs(glyph.baseline - last.baseline) < 0.12 * size(glyph), glyph.box.x0 > last.box.x1 { gaps.append((glyph.box.x0 - last.box.x1) / max(size(glyph), 1)) }
            (last, spaces) = (glyph, 0)
        }
        // Numbers far apart are a table.
        guard gaps.count >= 30, digits * 10 < places.count, let usual = gaps.median, usual > 0.6 else { return }
        widest = max(widest, min(3, 2 * usual))
    }

    // MARK: In the order of the content

    /// Room that a fragment begins with.
    private static let usualCount = 24

    private mutating func follow(_ places: [Int32]) {
        var found: [Fragment] = []
        var last = -1
        var sawSpace = 0
        // The second part of the last fragment.
        var other = Fragment.Part()
        for (index, place) in places.enumerated() {
            let glyph = content.glyphs[Int(place)]
            if glyph.isSpace {
                sawSpace += 1
                continue
            }
            if sawSpace > 0 { spaced[Int(place)] = true }
            if let current = found.indices.last {
                let before = content.glyphs[last]
                if isRepeated(glyph, before) { continue }
                if continues(glyph, after: before, found[current], spaces: sawSpace) || startsWithin(places, index, found[current]) {
                    found[current].add(place, glyph, size: size(glyph), &other)
                    (last, sawSpace) = (Int(place), 0)
                    continue
                }
            }
            var glyphs: [Int32] = []
            glyphs.reserveCapacity(Self.usualCount)
            glyphs.append(place)
            found.append(Fragment(glyphs: glyphs, box: glyph.box, baseline: glyph.baseline, size: size(glyph), weight: max(glyph.box.width, 0.1)))
            other = Fragment.Part()
            (last, sawSpace) = (Int(place), 0)
        }
        fragments = found
    }

    /// A bold look made by writing twice.
    private func isRepeated(_ glyph: Glyph, _ before: Glyph) -> Bool {
        // Letters of one ligature stand in one place.
        glyph.scalar == before.scalar && glyph.box != before.box && abs(glyph.box.x0 - before.box.x0) < 0.12 * size(glyph) && abs(glyph.baseline - before.baseline) < 0.12 * size(glyph)
            && glyph.box.width > 0.15 * size(glyph)
    }

    private func continues(_ glyph: Glyph, after before: Glyph, _ fragment: Fragment, spaces: Int) -> Bool {
        let size = max(size(glyph), fragment.size)
        let small = min(self.size(glyph), self.size(before))
        guard self.size(glyph) < fragment.size * 1.8 || abs(glyph.baseline - fragment.baseline) < 0.1 * size else { return false }
        if abs(glyph.baseline - fragment.baseline) > 0.12 * size {
            // Raised or lowered: smaller, beside the line's middle, and close by; or the line itself after such a beginning.
            let overlap = min(glyph.box.y1, fragment.box.y1) - max(glyph.box.y0, fragment.box.y0)
            guard abs(glyph.baseline - fragment.baseline) < 0.62 * size, overlap > 0.4 * min(glyph.box.height, fragment.box.height),
                self.size(glyph) < 0.9 * fragment.size || fragment.size < 0.9 * self.size(glyph) || abs(glyph.baseline - before.baseline) < 0.05 * size
            else { return false }
            if max(glyph.box.x0 - before.box.x1, before.box.x0 - glyph.box.x1) > 0.3 * size { return false }
        } else if self.size(glyph) > 1.7 * fragment.size || fragment.size > 1.7 * self.size(glyph) {
            if glyph.box.x0 - before.box.x1 > 0.3 * small { return false }
        }
        // Letters of one ligature.
        if Scalars.isMark(glyph.scalar) || glyph.box == before.box { return true }
        let most = (spaces == 1 && glyph.tag == before.tag ? widest : 0.85) * size
        let ahead = glyph.box.x0 - before.box.x1
        if ahead >= -0.45 * size && ahead <= most { return true }
        if Scalars.isRightToLeft(glyph.scalar) || Scalars.isRightToLeft(before.scalar) {
            let behind = before.box.x0 - glyph.box.x1
            if behind >= -0.45 * size && behind <= most { return true }
            return glyph.box.x0 >= fragment.box.x0 - 0.45 * size && glyph.box.x1 <= fragment.box.x1 + 0.45 * size
        }
        // An accent written over its letter.
        return glyph.box.x0 >= before.box.x0 - 0.3 * size && glyph.box.x1 <= before.box.x1 + 0.3 * size && glyph.box.width < 0.6 * size
    }

    /// Whether a number or Latin words begin here, at their far end, within right-to-left text that they are written close to.
    private func startsWithin(_ places: [Int32], _ index: Int, _ fragment: Fragment) -> Bool {
        let glyph = content.glyphs[Int(places[index])]
        guard glyph.box.x1 <= fragment.box.x0 + 0.3 * fragment.size, !Scalars.isRightToLeft(glyph.scalar), let first = fragment.glyphs.first,
            abs(glyph.baseline - fragment.baseline) < 0.12 * fragment.size, fragment.box.x0 - glyph.box.x1 < 30 * fragment.size
        else { return false }
        guard fragment.glyphs.prefix(8).contains(where: { Scalars.isRightToLeft(content.glyphs[Int($0)].scalar) }) || Scalars.isRightToLeft(content.glyphs[Int(first)].scalar)
        else { return false }
        var end = glyph.box.x1
        for next in places[index...].prefix(80) {
            let other = content.glyphs[Int(next)]
            if other.isSpace { continue }
            guard !Scalars.isRightToLeft(other.scalar), abs(other.baseline - glyph.baseline) < 0.12 * fragment.size, other.box.x0 - end < 0.85 * fragment.size else { break }
            end = max(end, other.box.x1)
        }
        return abs(fragment.box.x0 - end) < 0.85 * fragment.size
    }

    // MARK: By place

    private mutating func settle() {
        let glyphs = content.glyphs
        for index in fragments.indices { Self.sort(&fragments[index], glyphs) }
    }

    private mutating func count() {
        for index in fragments.indices {
            let digits = fragments[index].glyphs.reduce(0) { $0 + (Scalars.isDigit(content.glyphs[Int($1)].scalar) ? 1 : 0) }
            fragments[index].isNumberLike = digits * 2 >= fragments[index].glyphs.count
        }
    }

    /// The least white without a written space, in ems, that is taken for a jump of the pen.
    private static let leastJump: Float = 0.45

    private func jumps() -> Set<Int32> {
        // Of the gaps that words have: how many there are, and how many have a space in them.
        var gaps = 0, written = 0
        var jumps: Set<Int32> = []
        for fragment in fragments {
            for (a, b) in zip(fragment.glyphs, fragment.glyphs.dropFirst()) {
                let left = content.glyphs[Int(a)], right = content.glyphs[Int(b)]
                let gap = (right.box.x0 - left.box.x1) / max(size(right), 1)
                guard gap > 0.17, !Scalars.isMark(right.scalar) else { continue }
                let isSpaced = spaced[Int(b)] || b < a && spaced[Int(a)]
                if gap <= Self.leastJump || isSpaced { gaps += 1 }
                if isSpaced { written += 1 } else if gap > Self.leastJump, !Scalars.isIdeographic(right.scalar) { jumps.insert(b) }
            }
        }
        return gaps >= 12 && written * 10 >= gaps * 9 ? jumps : []
    }

    /// From left to right; marks stay behind the letter that they were written after.
    private static func sort(_ fragment: inout Fragment, _ glyphs: [Glyph]) {
        var isSorted = true
        for (a, b) in zip(fragment.glyphs, fragment.glyphs.dropFirst()) where glyphs[Int(b)].box.x0 < glyphs[Int(a)].box.x0 && !Scalars.isMark(glyphs[Int(b)].scalar) {
            isSorted = false
            break
        }
        guard !isSorted else { return }
        var clusters: [(x: Float, place: Int, members: ArraySlice<Int32>)] = []
        var start = 0
        let places = fragment.glyphs
        for index in places.indices.dropFirst() where !Scalars.isMark(glyphs[Int(places[index])].scalar) {
            clusters.append((glyphs[Int(places[start])].box.x0, start, places[start..<index]))
            start = index
        }
        clusters.append((glyphs[Int(places[start])].box.x0, start, places[start...]))
        clusters.sort { ($0.x, $0.place) < ($1.x, $1.place) }
        fragment.glyphs = clusters.flatMap(\.members)
    }

    /// Joins what stands on one baseline with a word's gap or less, however it was written.
    private mutating func join() {
        guard fragments.count > 1 else { return }
        fragments.sort { ($0.baseline, $0.box.x0) < ($1.baseline, $1.box.x0) }
        var joined: [Fragment] = []
        joined.reserveCapacity(fragments.count)
        // Fragments of the last baselines that others may still join.
        var open: [Int] = []
        for fragment in fragments {
            open.removeAll { joined[$0].baseline < fragment.baseline - 12 }
            if open.count > 400 { open.removeFirst(open.count - 400) }
            var home: Int?
            if open.contains(where: { isCopy(fragment, joined[$0]) }) { continue }
            for place in open where fits(fragment, joined[place]) { home = place }
            if let home {
                merge(fragment, into: &joined[home])
            } else {
                joined.append(fragment)
                open.append(joined.count - 1)
            }
        }
        fragments = joined
    }

    /// The same text once more, for a shadow or a bold look.
    private func isCopy(_ one: Fragment, _ other: Fragment) -> Bool {
        guard one.glyphs.count == other.glyphs.count, abs(one.box.x0 - other.box.x0) < 0.2 * one.size, abs(one.box.x1 - other.box.x1) < 0.2 * one.size,
            abs(one.baseline - other.baseline) < 0.2 * one.size
        else { return false }
        return zip(one.glyphs, other.glyphs).allSatisfy { content.glyphs[Int($0)].scalar == content.glyphs[Int($1)].scalar }
    }

    private func fits(_ one: Fragment, _ other: Fragment) -> Bool {
        let size = max(one.size, other.size)
        let gap = max(one.box.x0 - other.box.x1, other.box.x0 - one.box.x1)
        guard gap < 0.6 * size, gap > -0.5 * size || isWithin(one, other) else { return false }
        if abs(one.baseline - other.baseline) < 0.12 * size { return min(one.size, other.size) > 0.45 * size }
        // A raised or lowered piece beside its line.
        guard gap < 0.25 * size, abs(one.baseline - other.baseline) < 0.55 * size, min(one.size, other.size) < 0.85 * size else { return false }
        let small = one.size < other.size ? one : other
        return small.glyphs.count <= 6 && min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0) > 0.4 * small.box.height
    }

    /// Whether one stands in a gap of the other.
    private func isWithin(_ one: Fragment, _ other: Fragment) -> Bool {
        let (inner, outer) = one.box.width < other.box.width ? (one, other) : (other, one)
        guard inner.box.x0 >= outer.box.x0, inner.box.x1 <= outer.box.x1 else { return false }
        return !outer.glyphs.contains { content.glyphs[Int($0)].box.overlapX(inner.box) > 0.2 * outer.size }
    }

    private func merge(_ one: Fragment, into other: inout Fragment) {
        other.box.grow(one.box)
        if one.weight > other.weight, one.size >= other.size || one.weight > 4 * other.weight {
            (other.baseline, other.size, other.weight) = (one.baseline, one.size, one.weight)
        }
        other.glyphs += one.glyphs
        Self.sort(&other, content.glyphs)
    }
}
