// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Takes a page apart: glyphs ▶ fragments ▶ tables and regions ▶ lines ▶ blocks.
///
/// Keeps what later pages need to know of earlier ones: how far lines of a size stand apart.
package struct PageAnalyzer {
    private var pitches = LinePitches()
    /// Of the page at hand: lines that may stand beside text.
    private var barsBesideText: [Rule] = []
    /// Whether `PageLayout.trace` is wanted.
    package var traces = false

    package init() {}

    package mutating func analyze(_ page: PageContent) -> PageLayout {
        var layout = PageLayout(number: page.number, width: page.width, height: page.height)
        layout.label = page.label
        var turns = Turns(page)
        let turned = TurnedText.lay(&turns)
        SignFonts.mark(&turns.content)
        turns.content.spacesEndLines = HangulLines.areSpaced(turns.content)
        turns.content.isTypewritten = Self.isTypewritten(turns.content, turns.upright)
        let content = turns.content
        (layout.width, layout.height) = (content.width, content.height)
        if turns.skewed >= 3 { layout.losses.append(("watermark-dropped", "text across the page was taken for a watermark and left out")) }
        if traces { layout.trace = LayoutTrace() }
        barsBesideText = Self.bars(content)
        let tagged = turned.filter { $0.isTagged(content) }
        if let tags = content.tags, let blocks = self.tagged(content, turns.upright + tagged.flatMap(\.fragment.glyphs), tags) {
            layout.blocks = blocks
            turns.remove(tagged)
        } else {
            let (blocks, taken) = blocks(content, turns.upright, turned, &layout.trace)
            layout.blocks = blocks
            turns.remove(taken)
        }
        CaptionFinder(size: Self.bodySize(content, turns.upright)).tie(&layout.blocks)
        for index in layout.blocks.indices { layout.blocks[index].place(on: page.number) { turns.shown($0) } }
        layout.tie(page.remarks) { turns.shown($0) }
        barsBesideText = []
        for (other, turned) in turns.others.enumerated() where !turned.glyphs.isEmpty {
            let text = FragmentBuilder.build(turned, turned.glyphs.indices.map { Int32($0) })
            var none: LayoutTrace?
            let region = Region(fragments: text.fragments, isMarginal: true)
            var blocks = self.blocks(region, turned, text.spaced, [], &none)
            let region0 = (layout.blocks.last?.region ?? 0) + 1
            for index in blocks.indices {
                blocks[index].isMarginal = true
                blocks[index].region = region0
                blocks[index].isOpen = false
                blocks[index].role = .paragraph
                blocks[index].place(on: page.number) { turns.shown($0, other: other) }
            }
            layout.blocks += blocks
        }
        return layout
    }

    private func tagged(_ content: PageContent, _ glyphs: [Int32], _ tags: TagNode) -> [LaidBlock]? {
        var page = TaggedPage(content, glyphs)
        return page.layout(tags)
    }

    /// The page's blocks, and the turned text that went into tables.
    private mutating func blocks(_ content: PageContent, _ glyphs: [Int32], _ turned: [TurnedText], _ trace: inout LayoutTrace?) -> (blocks: [LaidBlock], taken: [TurnedText]) {
        let text = FragmentBuilder.build(content, glyphs)
        let size = Self.bodySize(content, glyphs)
        let bars = BarFinder.find(content, text.fragments)
        let rulings = Rulings(content, without: bars)
        let (tables, rest) = RuledTables(content: content, jumps: text.jumps, size: size).find(rulings, text.fragments + turned.map(\.fragment))
        var pageBlocks: [PageBlock] = []
        let isLeft = turned.isEmpty ? [] : Set(rest.compactMap { $0.glyphs.first })
        let taken = turned.filter { text in text.fragment.glyphs.first.map { !isLeft.contains($0) } ?? false }
        let stands = Set(turned.compactMap(\.fragment.glyphs.first))
        var fragments = stands.isEmpty ? rest : rest.filter { fragment in fragment.glyphs.first.map { !stands.contains($0) } ?? true }
        let drawn = DiagramFinder(content: content, size: size, bars: bars).find(fragments, tables: tables.filter { !$0.isDiagram(content) }.map(\.box))
        fragments = drawn.rest
        for diagram in drawn.diagrams {
            pageBlocks.append(.diagram(DiagramText.rows(diagram.fragments)))
            fragments.append(Fragment(block: pageBlocks.count - 1, box: diagram.box))
        }
        for table in tables {
            pageBlocks.append(table.isDiagram(content) ? .diagram(DiagramText.rows(table.fragments)) : .table(table.grid, table.fragments))
            fragments.append(Fragment(block: pageBlocks.count - 1, box: table.box))
        }
        for picture in content.pictures where picture.name != nil {
            pageBlocks.append(.picture(picture))
            fragments.append(Fragment(block: pageBlocks.count - 1, box: picture.box))
        }
        var cutter = RegionCutter(content, jumps: text.jumps, size: size, lines: rulings.horizontal, blocks: pageBlocks)
        cutter.cut(fragments)
        if trace != nil {
            trace?.words = text.fragments.flatMap { WordPieces.pieces($0, content) }.map(\.box)
            trace?.rules = rulings.horizontal + rulings.vertical
            trace?.regions = cutter.regions.compactMap { $0.fragments.map(\.box).union }
            for case .table(let grid, _) in cutter.blocks { trace?.cells += grid.cells.map { grid.box(of: $0) } }
        }
        var out: [LaidBlock] = []
        let links = content.links.map(\.address)
        for (number, region) in cutter.regions.enumerated() {
            for var block in blocks(region, content, text.spaced, cutter.blocks, &trace) {
                block.region = number
                block.links = links
                out.append(block)
            }
        }
        return (out, taken)
    }

    /// One region's blocks from above.
    private mutating func blocks(_ region: Region, _ content: PageContent, _ spaced: [Bool], _ objects: [PageBlock], _ trace: inout LayoutTrace?) -> [LaidBlock] {
        let builder = LineBuilder(content: content, spaced: spaced)
        let column = region.fragments.map(\.box).union ?? content.box
        var rows = TextRow.rows(region.fragments)
        let initials = DropCaps.take(&rows)
        var out: [LaidBlock] = []
        var lines: [Line] = []
        var sources: [[Fragment]] = []
        let bars = barsBesideText.filter { $0.at > column.x0 - 40 && $0.at < column.x1 }
        let textColumn = rows.filter { $0.fragments.allSatisfy { $0.block == nil } }.map(\.box).union ?? column
        // Pictures beside text stand between its paragraphs and not within them.
        var held: [LaidBlock] = []
        func flush(_ pitches: inout LinePitches) {
            defer { held = [] }
            guard !lines.isEmpty else { return out += held }
            if !region.isMarginal { pitches.learn(lines, right: textColumn.x1) }
            let paragraphs = ParagraphBuilder(column: textColumn, bars: bars, pitches: pitches, isTypewritten: content.isTypewritten)
            for block in paragraphs.blocks(lines, code: { CodeText.bytes(sources[$0], content) }) {
                while let picture = held.first, picture.box.y0 < block.box.y0 { out.append(held.removeFirst()) }
                out.append(block)
            }
            out += held
            lines = []
            sources = []
        }
        for row in rows {
            if let object = row.fragments.first?.block {
                if case .picture(let picture) = objects[object] {
                    held.append(LaidBlock(.picture(picture), box: row.box, column: column))
                    continue
                }
                flush(&pitches)
                if let block = block(objects[object], row.box, column, content, spaced) { out.append(block) }
                continue
            }
            guard var line = builder.line(row.fragments), !line.isEmpty else { continue }
            if let initial = initials[row.baseline], let cap = builder.line([initial]) { line = DropCaps.join(cap, line) }
            trace?.lines.append(line.box)
            lines.append(line)
            sources.append(row.fragments)
        }
        flush(&pitches)
        for index in out.indices { out[index].isMarginal = region.isMarginal }
        return out
    }

    private func block(_ object: PageBlock, _ box: Box, _ column: Box, _ content: PageContent, _ spaced: [Bool]) -> LaidBlock? {
        switch object {
        case .picture(let picture): return LaidBlock(.picture(picture), box: box, column: column)
        case .diagram(let rows):
            let text = TableText(content: content, spaced: spaced, links: content.links.map(\.address))
            var lines: [Line] = []
            var breaks: Set<Int> = []
            for row in rows {
                lines += text.lines(row)
                breaks.insert(lines.count - 1)
            }
            guard !lines.isEmpty else { return nil }
            var block = LaidBlock(.text(lines), box: box, column: column)
            block.role = .diagram
            block.breaks = breaks
            return block
        case .table(let grid, let fragments):
            let text = TableText(content: content, spaced: spaced, links: content.links.map(\.address))
            if let table = text.table(grid, fragments) {
                var block = LaidBlock(.table(table), box: box, column: column)
                block.columns = grid.xs
                for fragment in fragments { block.sizes[HeadingStyles.key(fragment.size), default: 0] += fragment.glyphs.count }
                return block
            }
            let lines = text.lines(fragments)
            return lines.isEmpty ? nil : LaidBlock(.text(lines), box: box, column: column)
        }
    }

    /// A page with more lines is a drawing or a map.
    private static let mostRules = 2_000

    /// Vertical lines that stand alone: one with lines at its ends is a box's side.
    private static func bars(_ content: PageContent) -> [Rule] {
        guard content.rules.count <= mostRules else { return [] }
        return content.rules.filter { bar in
            !bar.isHorizontal && bar.length > 8 && !content.rules.contains { other in
                other.isHorizontal && (abs(other.at - bar.from) < 3 || abs(other.at - bar.to) < 3) && other.from - 3 <= bar.at && other.to + 3 >= bar.at
            }
        }
    }

    private static func isTypewritten(_ content: PageContent, _ glyphs: [Int32]) -> Bool {
        let mono = glyphs.reduce(0) { $0 + (content.styles[Int(content.glyphs[Int($1)].style)].isMono && !Scalars.isIdeographic(content.glyphs[Int($1)].scalar) ? 1 : 0) }
        return mono * 10 > glyphs.count * 8
    }

    /// The size that most of the page's glyphs have.
    static func bodySize(_ content: PageContent, _ glyphs: [Int32]) -> Float {
        var counts = [Int](repeating: 0, count: content.styles.count)
        for place in glyphs { counts[Int(content.glyphs[Int(place)].style)] += 1 }
        var bySize: [Int: Int] = [:]
        for (style, count) in counts.enumerated() { bySize[Int((content.styles[style].size * 2).rounded()), default: 0] += count }
        let best = bySize.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 20
        return max(2, Float(best) / 2)
    }
}

/// A paragraph's first letter that is several lines high.
enum DropCaps {
    /// Takes such letters out of the rows; by baseline of the line that they begin.
    static func take(_ rows: inout [TextRow]) -> [Float: Fragment] {
        var found: [Float: Fragment] = [:]
        for index in rows.indices {
            guard let place = rows[index].fragments.firstIndex(where: { $0.block == nil && $0.glyphs.count <= 2 && $0.box.width < 2 * $0.size }) else { continue }
            let initial = rows[index].fragments[place]
            guard let host = rows.indices.first(where: { other in
                guard let line = rows[other].fragments.first(where: { $0.box.x0 >= initial.box.x1 - 2 }) else { return false }
                return line.block == nil && initial.size > 1.8 * line.size && line.box.midY > initial.box.y0 && line.box.midY < initial.baseline
                    && line.box.x0 - initial.box.x1 < 1.5 * line.size && line.glyphs.count > 10
            }) else { continue }
            rows[index].fragments.remove(at: place)
            found[rows[host].baseline] = initial
            if let box = rows[index].fragments.map(\.box).union { rows[index].box = box }
        }
        rows.removeAll { $0.fragments.isEmpty }
        return found
    }

    static func join(_ cap: Line, _ line: Line) -> Line {
        var line = line
        guard let first = line.spans.first else { return cap }
        line.spans[0].text = cap.text + first.text
        return line
    }
}

/// A line of fixed pitch with its inner spaces.
enum CodeText {
    static func bytes(_ fragments: [Fragment], _ content: PageContent) -> [UInt8] {
        var out: [UInt8] = []
        var last: Glyph?
        for fragment in fragments {
            for place in fragment.glyphs {
                let glyph = content.glyphs[Int(place)]
                if let last {
                    let pitch = max(min(glyph.box.width, last.box.width), 1)
                    let spaces = Int(((glyph.box.x0 - last.box.x1) / pitch).rounded())
                    for _ in 0..<max(0, min(spaces, 120)) { out.append(0x20) }
                }
                Scalars.append(glyph.scalar, to: &out)
                last = glyph
            }
        }
        return out
    }
}
