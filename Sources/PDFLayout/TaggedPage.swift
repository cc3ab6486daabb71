// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A page by its own structure (ISO 32000-1, 14.8), where that is sane: it covers the text, parts it, and runs down the page.
struct TaggedPage {
    private let content: PageContent
    /// Glyph places by marked content.
    private var places: [Int32: [Int32]] = [:]
    private let upright: Int
    private var blocks: [LaidBlock] = []
    private var used = 0
    private var headingGlyphs = 0
    private var hasHeadings = false
    private var hasTagsUnread = false

    private static let mostDepth = 40

    init(_ content: PageContent, _ upright: [Int32]) {
        self.content = content
        var count = 0
        for place in upright {
            let glyph = content.glyphs[Int(place)]
            if !glyph.isSpace { count += 1 }
            if glyph.tag >= 0 { places[glyph.tag, default: []].append(place) }
        }
        self.upright = count
    }

    /// nil when the tags are not sane.
    mutating func layout(_ tags: TagNode) -> [LaidBlock]? {
        guard upright > 0 else { return nil }
        hasHeadings = Self.holdsHeading(tags, 0)
        walk(tags, depth: 0, list: -1, isQuote: false)
        guard isSane() else { return nil }
        for index in blocks.indices {
            blocks[index].region = 0
            let isEdge = blocks[index].box.y1 < 0.12 * content.height || blocks[index].box.y0 > 0.88 * content.height
            if isEdge, blocks[index].lines.count <= 2, blocks[index].marker == nil { blocks[index].isMarginal = true }
            blocks[index].links = content.links.map(\.address)
            if index > 0 { blocks[index].gap = max(0, blocks[index].box.y0 - blocks[index - 1].box.y1) }
        }
        if let last = blocks.indices.last(where: { !blocks[$0].isMarginal }), blocks[last].role == .paragraph || blocks[last].role == nil { blocks[last].isOpen = !TextEdges.endsSentence(blocks[last].text) }
        return blocks
    }

    private static func holdsHeading(_ node: TagNode, _ depth: Int) -> Bool {
        guard depth < mostDepth else { return false }
        if headingLevel(node.type) != nil { return true }
        return node.children.contains { if case .node(let inner) = $0 { holdsHeading(inner, depth + 1) } else { false } }
    }

    private static func headingLevel(_ type: String) -> Int? {
        if type == "Title" { return 1 }
        guard type.hasPrefix("H"), type.utf8.count <= 2 else { return nil }
        if type == "H" { return 1 }
        guard let level = Int(type.dropFirst()), (1...9).contains(level) else { return nil }
        return level
    }

    // MARK: Judging

    private func isSane() -> Bool {
        // What has no tag may stand at the page's edges only.
        var strays = 0
        for glyph in content.glyphs where glyph.turn == 0 && !glyph.isSpace && (glyph.tag < 0 || places[glyph.tag] == nil) {
            if glyph.box.midY > 0.1 * content.height, glyph.box.midY < 0.9 * content.height { strays += 1 }
        }
        let unread = upright - used
        guard strays * 25 <= upright, unread * 5 <= upright, !blocks.isEmpty else { return false }
        if upright > 300, headingGlyphs * 2 > upright { return false }
        let texts = blocks.filter { if case .text = $0.content { true } else { false } }
        if upright > 600, let longest = texts.map(\.characters).max(), longest * 10 > upright * 7, texts.first(where: { $0.characters == longest }).map({ $0.lines.count > 20 }) ?? false { return false }
        // Words that are each an element of their own.
        if texts.count > 12, texts.filter({ $0.characters <= 12 && $0.marker == nil }).count * 10 > texts.count * 7, upright > 300 { return false }
        var upward = 0, steps = 0
        for (a, b) in zip(texts, texts.dropFirst()) where a.box.overlapX(b.box) > 0.4 * min(a.box.width, b.box.width) {
            steps += 1
            if b.box.y1 < a.box.y0 - 12 { upward += 1 }
        }
        return upward * 6 <= max(steps, 6)
    }

    // MARK: Walking

    private mutating func walk(_ node: TagNode, depth: Int, list: Int, isQuote: Bool) {
        guard depth < Self.mostDepth else { return }
        if let level = Self.headingLevel(node.type) { return text(gather(node), role: .heading(level), isHeading: true) }
        switch node.type {
        case "L":
            for case .node(let child) in node.children {
                if child.type == "LI" { item(child, depth, list + 1, isQuote) } else { walk(child, depth: depth + 1, list: list + 1, isQuote: isQuote) }
            }
        case "LI": item(node, depth, max(list, 0), isQuote)
        case "Table": table(node, depth)
        case "Figure": figure(node, depth)
        case "Caption": text(gather(node), role: .caption)
        case "Artifact": used += gather(node).count
        case "P", "Note", "TOCI", "BibEntry", "Code", "Formula", "Lbl", "LBody", "FENote":
            // Blocks within a paragraph stand on their own.
            if Self.holdsBlock(node, 0) { children(node, depth, list, isQuote) } else { text(gather(node), role: isQuote ? .quote : hasHeadings ? .paragraph : nil) }
        default: children(node, depth, list, isQuote || node.type == "BlockQuote")
        }
    }

    private mutating func children(_ node: TagNode, _ depth: Int, _ list: Int, _ isQuote: Bool) {
        var loose: [Int32] = []
        for child in node.children {
            switch child {
            case .content(let tag): loose += places[tag] ?? []
            case .node(let inner):
                if Self.isInline(inner), !Self.holdsBlock(inner, 0) {
                    loose += gather(inner)
                } else {
                    text(loose, role: isQuote ? .quote : nil)
                    loose = []
                    walk(inner, depth: depth + 1, list: list, isQuote: isQuote)
                }
            }
        }
        text(loose, role: isQuote ? .quote : nil)
    }

    private static func isInline(_ node: TagNode) -> Bool {
        ["Span", "Link", "Reference", "Em", "Strong", "Quote", "Annot", "Ruby", "Warichu", "Sub", "Code", "Lbl"].contains(node.type)
    }

    private static func holdsBlock(_ node: TagNode, _ depth: Int) -> Bool {
        guard depth < mostDepth else { return false }
        return node.children.contains { child in
            guard case .node(let inner) = child else { return false }
            return ["P", "L", "Table", "Figure", "Div", "Sect", "BlockQuote", "LI"].contains(inner.type) || headingLevel(inner.type) != nil || holdsBlock(inner, depth + 1)
        }
    }

    /// All glyphs under a node, in the order of the tags.
    private func gather(_ node: TagNode, _ depth: Int = 0, skippingLists: Bool = false) -> [Int32] {
        guard depth < Self.mostDepth else { return [] }
        var out: [Int32] = []
        for child in node.children {
            switch child {
            case .content(let tag): out += places[tag] ?? []
            case .node(let inner): if !skippingLists || inner.type != "L" && inner.type != "Table" && inner.type != "Figure" { out += gather(inner, depth + 1, skippingLists: skippingLists) }
            }
        }
        return out
    }

    // MARK: Blocks

    private mutating func lines(_ glyphs: [Int32]) -> (lines: [Line], code: [[UInt8]]?) {
        used += glyphs.reduce(0) { $0 + (content.glyphs[Int($1)].isSpace ? 0 : 1) }
        let text = FragmentBuilder.build(content, glyphs)
        let builder = LineBuilder(content: content, spaced: text.spaced)
        let rows = columns(glyphs, text.fragments).flatMap { TextRow.rows($0) }
        let lines = rows.compactMap { builder.line($0.fragments) }.filter { !$0.isEmpty }
        guard !lines.isEmpty, lines.count == rows.count, lines.allSatisfy({ $0.mono > 0.92 }) else { return (lines, nil) }
        let left = lines.map(\.box.x0).min() ?? 0, pitch = max(lines[0].pitch, 1)
        let code = zip(lines, rows).map { line, row in
            [UInt8](repeating: 0x20, count: max(0, min(80, Int(((line.box.x0 - left) / pitch).rounded())))) + CodeText.bytes(row.fragments, content)
        }
        return (lines, code)
    }

    /// The fragments of an element by the columns that it runs through: its content then goes up again.
    private func columns(_ glyphs: [Int32], _ fragments: [Fragment]) -> [[Fragment]] {
        var starts: [Int32: Int] = [:]
        var column = 0
        var last: Glyph?
        for place in glyphs {
            let glyph = content.glyphs[Int(place)]
            if let last, glyph.baseline < last.baseline - 4 * content.styles[Int(glyph.style)].size, glyph.turn == 0 { column += 1 }
            starts[place] = column
            last = glyph
        }
        guard column > 0, column < 8 else { return [fragments] }
        var out = [[Fragment]](repeating: [], count: column + 1)
        for fragment in fragments { out[fragment.glyphs.first.flatMap { starts[$0] } ?? 0].append(fragment) }
        return out.filter { !$0.isEmpty }
    }

    private mutating func text(_ glyphs: [Int32], role: LaidBlock.Role?, isHeading: Bool = false) {
        guard !glyphs.isEmpty else { return }
        if !isHeading, CaptionRow.isLabelled(glyphs, content), let row = CaptionRow(FragmentBuilder.build(content, glyphs).fragments, content), row.above.isEmpty, row.below.isEmpty {
            for caption in row.captions { text(caption.flatMap(\.glyphs), role: role) }
            return
        }
        let (lines, code) = lines(glyphs)
        guard let box = lines.map(\.box).union else { return }
        if isHeading { headingGlyphs += glyphs.count }
        if let code, !isHeading {
            // Lines of code that are paragraphs of their own are one block.
            if let last = blocks.indices.last, case .code(let before) = blocks[last].content, box.y0 - blocks[last].box.y1 < lines[0].size, box.y0 > blocks[last].box.y0 {
                let indent = max(0, min(80, Int(((box.x0 - blocks[last].box.x0) / max(lines[0].pitch, 1)).rounded())))
                blocks[last].content = .code(before + code.map { [UInt8](repeating: 0x20, count: indent) + $0 })
                blocks[last].box.grow(box)
                return
            }
            return blocks.append(LaidBlock(.code(code), box: box, column: content.box))
        }
        var block = LaidBlock(.text(lines), box: box, column: box)
        block.role = role
        if role == nil || role == .paragraph, let marker = ListMarker(lines[0].text), case .bullet(let c) = marker.kind, c >= 0x2022 { block.marker = marker }
        blocks.append(block)
    }

    private mutating func item(_ node: TagNode, _ depth: Int, _ list: Int, _ isQuote: Bool) {
        // The item's own line or lines, then what stands under them.
        var first: [Int32] = []
        var rest: [TagNode] = []
        for child in node.children {
            switch child {
            case .content(let tag): first += places[tag] ?? []
            case .node(let inner):
                if inner.type == "Lbl" { first += gather(inner) } else if inner.type == "L" { rest.append(inner) } else { body(inner, &first, &rest) }
            }
        }
        let (lines, _) = lines(first)
        if let box = lines.map(\.box).union {
            var block = LaidBlock(.text(lines), box: box, column: box)
            block.role = .item(depth: list)
            block.marker = ListMarker(lines[0].text, alone: true) ?? ListMarker("•".utf8.map { $0 }, alone: true).map { var marker = $0; marker.length = 0; return marker }
            blocks.append(block)
        }
        for inner in rest { walk(inner, depth: depth + 1, list: list, isQuote: isQuote) }
    }

    /// An item's body: the first paragraph goes with the label.
    private func body(_ node: TagNode, _ first: inout [Int32], _ rest: inout [TagNode]) {
        guard Self.holdsBlock(node, 0) else { return first += gather(node) }
        var hasText = false
        for child in node.children {
            switch child {
            case .content(let tag): first += places[tag] ?? []
            case .node(let inner):
                if !hasText, !["L", "Table", "Figure"].contains(inner.type), !Self.holdsBlock(inner, 0) {
                    first += gather(inner)
                    hasText = inner.type == "P"
                } else {
                    rest.append(inner)
                }
            }
        }
    }

    private mutating func figure(_ node: TagNode, _ depth: Int) {
        var tags: Set<Int32> = []
        for child in node.children { if case .content(let tag) = child { tags.insert(tag) } }
        let glyphs = gather(node)
        let box = glyphs.map { content.glyphs[Int($0)].box }.union
        let picture = content.pictures.first { picture in
            picture.name != nil && (tags.contains(picture.tag) || box.map { $0.overlapArea(picture.box) > 0.3 * $0.area } ?? false)
        }
        if var picture {
            picture.alternative = node.alternative
            blocks.append(LaidBlock(.picture(picture), box: picture.box, column: content.box))
        }
        children(TagNode("Div", node.children.filter { if case .content = $0 { picture == nil } else { true } }), depth, -1, false)
    }

    private mutating func table(_ node: TagNode, _ depth: Int) {
        var head: [Row] = [], rows: [Row] = []
        var box: Box?
        collect(node, false, 0, &head, &rows, &box)
        guard let box, !(head + rows).isEmpty else { return }
        let width = (head + rows).map { $0.cells.reduce(0) { $0 + $1.columns } }.max() ?? 0
        guard width > 1 || head.count + rows.count > 1 else {
            for cell in (head + rows).flatMap(\.cells) where !cell.blocks.isEmpty { blocks.append(LaidBlock(.table(Table(rows: [Row([cell])])), box: box, column: content.box)) }
            return
        }
        if head.isEmpty, rows.count > 1 { head = [rows.removeFirst()] }
        blocks.append(LaidBlock(.table(Table(head: TableHead(rows: head), rows: rows)), box: box, column: content.box))
    }

    private mutating func collect(_ node: TagNode, _ isHead: Bool, _ depth: Int, _ head: inout [Row], _ rows: inout [Row], _ box: inout Box?) {
        guard depth < 6 else { return }
        for case .node(let child) in node.children {
            switch child.type {
            case "TR":
                var cells: [Cell] = []
                var isAllHead = true
                for case .node(let cell) in child.children where cell.type == "TD" || cell.type == "TH" {
                    if cell.type == "TD" { isAllHead = false }
                    let (lines, _) = lines(gather(cell))
                    if let own = lines.map(\.box).union { box = box.map { $0.union(own) } ?? own }
                    let inlines = LineInlines.inlines(lines, links: content.links.map(\.address), plain: cell.type == "TH" ? [.bold] : [])
                    cells.append(Cell(inlines.isEmpty ? [] : [.paragraph(inlines)], columns: cell.columns, rows: cell.rows))
                }
                guard !cells.isEmpty else { continue }
                if (isHead || isAllHead) && rows.isEmpty { head.append(Row(cells)) } else { rows.append(Row(cells)) }
            case "Caption": text(gather(child), role: .caption)
            default: collect(child, isHead || child.type == "THead", depth + 1, &head, &rows, &box)
            }
        }
    }
}
