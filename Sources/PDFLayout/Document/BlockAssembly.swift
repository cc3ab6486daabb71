// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Blocks of page after page as the document's: what a column's or page's end parted is joined, items become lists.
struct BlockAssembly {
    private enum Piece {
        case block(LaidBlock, heading: Int?)
        case page(PageLayout)
    }

    /// Not sent yet: from the last open paragraph or table on.
    private var pending: [Piece] = []
    private var lists = ListGatherer()
    private var notes = PageNotes()
    /// Of the innermost item: where its text stands.
    private var itemBody: (x: Float, region: Int, page: Int)?
    private var page = 0
    /// Pages that began since the last item of the list at hand: said in it when an item follows, else behind the list.
    private var turnedPages: [PageLayout] = []

    mutating func add(_ layout: PageLayout, _ styles: HeadingStyles, _ sink: any DocumentSink) throws(SinkError) {
        var blocks = layout.blocks
        notes.take(&blocks, of: layout.number, body: styles.body)
        var begun = layout
        begun.blocks = []
        pending.append(.page(begun))
        var isFirstOfPage = true
        for (block, isHeading) in zip(blocks, styles.headings(in: blocks)) {
            var heading: Int?
            if case .heading(let level)? = block.role { heading = level } else if isHeading { heading = styles.level(block) }
            if heading == nil, join(block, isFirstOfPage: isFirstOfPage, body: styles.body) {
                isFirstOfPage = false
                continue
            }
            if let level = heading, joinHeading(block, level) { continue }
            pending.append(.block(block, heading: heading))
            if !block.isMarginal { isFirstOfPage = false }
        }
        try send(keeping: joinable(), sink)
        // Notes follow the last reference to them.
        if pending.isEmpty { try notes.send(to: sink) }
        try sink.progress(layout.number)
    }

    mutating func finish(_ sink: any DocumentSink) throws(SinkError) {
        try send(keeping: pending.count, sink)
        try closeLists(sink)
        try notes.send(to: sink)
    }

    // MARK: Joining

    /// Where the open paragraph or table at the end stands in `pending`: what comes from there on waits.
    private func joinable() -> Int {
        for index in pending.indices.reversed() {
            guard case .block(let block, let heading) = pending[index] else { continue }
            if block.isMarginal { continue }
            if heading != nil { return pending.count }
            switch block.content {
            case .text:
                if block.isFloating { continue }
                return block.isOpen ? index : pending.count
            case .table: return index
            case .code: return pending.count
            case .picture: continue
            }
        }
        return pending.count
    }

    private mutating func join(_ block: LaidBlock, isFirstOfPage: Bool, body: Float) -> Bool {
        var crossesPage = false
        for index in pending.indices.reversed() {
            guard case .block(var last, let heading) = pending[index] else { crossesPage = true; continue }
            if last.isMarginal { continue }
            switch (last.content, block.content) {
            // A paragraph may go on behind what floats between its parts.
            case (.picture, .text): continue
            case (.table, .text):
                if crossesPage || last.region != block.region { continue }
                return false
            case (.text, .text) where last.isFloating && (crossesPage || last.region != block.region): continue
            case (.text(let lines), .text(let more)):
                guard heading == nil, last.isOpen, !block.isMarginal, block.marker == nil, last.region != block.region || crossesPage, !last.isFloating, !block.isFloating,
                    goesOn(lines, more, last, block)
                else { return false }
                last.content = .text(lines + more)
                last.add(block.remarks, behind: lines.count)
                for place in block.breaks { last.breaks.insert(place + lines.count) }
                last.places += block.places
                last.isOpen = block.isOpen
                last.region = block.region
                pending[index] = .block(last, heading: nil)
                return true
            case (.table(let one), .table(let other)):
                guard crossesPage, isFirstOfPage, block.captions.isEmpty, isSameTable(last, block, one, other) else { return false }
                last.content = .table(Self.joined(one, other))
                last.places += block.places
                pending[index] = .block(last, heading: nil)
                return true
            default: return false
            }
        }
        return false
    }

    private func goesOn(_ lines: [Line], _ more: [Line], _ last: LaidBlock, _ block: LaidBlock) -> Bool {
        guard let end = lines.last, let start = more.first, abs(end.size - start.size) < 0.06 * end.size, (end.bold > 0.85) == (start.bold > 0.85),
            end.isRightToLeft == start.isRightToLeft
        else { return false }
        let text = end.text
        if text.last == 0x2D { return true }
        if TextEdges.endsSentence(text) { return false }
        let next = start.spans.first?.text ?? []
        if TextEdges.startsLower(next) { return true }
        // Names and numbers may begin a column too, where the first line is not set in.
        guard last.lines.count + block.lines.count > 2, end.words > 3 || TextEdges.endsIdeographic(text) else { return false }
        let lead = start.isRightToLeft ? block.column.x1 - start.box.x1 : start.box.x0 - block.column.x0
        return lead < 0.6 * start.size && (more.count > 1 || text.last == 0x2C)
    }

    private func isSameTable(_ last: LaidBlock, _ block: LaidBlock, _ one: Table, _ other: Table) -> Bool {
        let (a, b) = (Self.width(one), Self.width(other))
        guard a == b, a > 1 else { return false }
        guard last.columns.count == block.columns.count, !last.columns.isEmpty else { return abs(last.box.x0 - block.box.x0) < 20 }
        return zip(last.columns, block.columns).filter { abs($0 - $1) > 14 }.count * 3 <= last.columns.count
    }

    private static func width(_ table: Table) -> Int {
        (table.head.rows + table.rows).lazy.map { $0.cells.reduce(0) { $0 + $1.columns } }.max() ?? 0
    }

    /// The second table's rows behind the first one's; a head that is repeated is left out.
    private static func joined(_ one: Table, _ other: Table) -> Table {
        var table = one
        var more = (other.head.rows == one.head.rows ? [] : other.head.rows) + other.rows
        if let last = table.rows.last, let first = more.first, let whole = PartedRow.joined(last, first) {
            table.rows[table.rows.count - 1] = whole
            more.removeFirst()
        }
        table.rows += more
        return table
    }

    /// A heading of several lines that a change of size within did not part.
    private mutating func joinHeading(_ block: LaidBlock, _ level: Int) -> Bool {
        guard case .block(var last, let other?)? = pending.last, other == level, case .text(let lines) = last.content, case .text(let more) = block.content,
            last.region == block.region, let gap = block.gap, gap < (last.isCentered && block.isCentered ? 1.1 : isFull(last) ? 1.3 : 0.45) * block.size, abs(last.size - block.size) < 0.5, last.isBold == block.isBold,
            lines.count + more.count <= 4, SectionNumber(block.text) == nil, !TextEdges.endsSentence(last.text), block.marker == nil,
            last.isCentered || TextEdges.startsLower(block.text) || (lines.last?.box.width ?? 0) > 0.75 * last.column.width
        else { return false }
        last.content = .text(lines + more)
        last.add(block.remarks, behind: lines.count)
        last.box.grow(block.box)
        SourcePosition.extend(&last.places, by: block.places)
        pending[pending.count - 1] = .block(last, heading: level)
        return true
    }

    /// Whether a heading's last line takes the column's whole width, so that it must go on below, however far the lines stand apart.
    private func isFull(_ block: LaidBlock) -> Bool { (block.lines.last?.box.width ?? 0) > 0.93 * block.column.width }

    // MARK: Sending

    private mutating func send(keeping place: Int, _ sink: any DocumentSink) throws(SinkError) {
        for index in 0..<place { try send(index, sink) }
        pending.removeFirst(place)
    }

    private mutating func send(_ index: Int, _ sink: any DocumentSink) throws(SinkError) {
        switch pending[index] {
        case .page(let begun):
            page = begun.number
            // A page's beginning within a list would end it.
            if lists.isOpen { turnedPages.append(begun) } else { try send(begun, sink) }
        case .block(let block, let heading):
            if heading == nil, let marker = itemMarker(block, index) {
                let inlines = notes.inlines(block, dropping: marker.length)
                var content: [Block] = inlines.isEmpty ? [] : [.paragraph(inlines)]
                if marker.kind != .decimal, case .bullet = marker.kind {} else if marker.kind != .decimal {
                    content = [.paragraph(notes.inlines(block, dropping: 0))]
                }
                turnPages()
                let line = block.lines.first
                let x = line.map { $0.isRightToLeft ? -$0.box.x1 : $0.box.x0 } ?? 0
                lists.add(content, marker, x: x - (block.lines.first?.isRightToLeft == true ? -block.column.x1 : 0), size: block.size, places: block.places)
                itemBody = (line?.bodyX ?? x + block.size, block.region, page)
                return
            }
            if heading == nil, lists.isOpen, isWithinItem(block), let inner = tree(block) {
                turnPages()
                lists.continueItem(inner, places: block.places)
                return
            }
            try closeLists(sink)
            if let heading {
                try send(.heading(level: heading, notes.inlines(block, dropping: 0, plain: [.bold])), block.places, sink)
            } else if let inner = tree(block) {
                try send(inner, block.places, sink)
            }
        }
    }

    /// Says in the last item which pages began behind it.
    private mutating func turnPages() {
        for begun in turnedPages { lists.continueItem(.pageBreak(page: begun.number, label: begun.label), places: []) }
        turnedPages = []
    }

    private mutating func closeLists(_ sink: any DocumentSink) throws(SinkError) {
        for list in lists.take() { try send(list.block, list.places, sink) }
        itemBody = nil
        for page in turnedPages { try send(page, sink) }
        turnedPages = []
    }

    private func send(_ block: Block, _ places: [SourcePosition], _ sink: any DocumentSink) throws(SinkError) {
        if !places.isEmpty { try sink.locate(places) }
        try sink.append(block)
    }

    private func send(_ page: PageLayout, _ sink: any DocumentSink) throws(SinkError) {
        try send(.pageBreak(page: page.number, label: page.label), [page.place], sink)
    }

    /// Whether a block stands under an item's text, set in as that is.
    private func isWithinItem(_ block: LaidBlock) -> Bool {
        guard let body = itemBody, body.page == page, body.region == block.region, !block.isMarginal, block.lines.first?.isRightToLeft != true else { return false }
        return block.box.x0 > body.x - 3 && block.box.x0 < body.x + 60 && (block.gap ?? 100) < 1.6 * max(block.size, 9)
    }

    /// The marker of a block that is an item; a number alone proves nothing without a neighbour that counts on.
    private func itemMarker(_ block: LaidBlock, _ index: Int) -> ListMarker? {
        guard let marker = block.marker, !block.isMarginal, !countsOn(marker, block) else { return nil }
        if case .item? = block.role { return marker }
        if case .bullet = marker.kind { return marker }
        if lists.isOpen || marker.number == 1 { return marker }
        for neighbour in [index - 1, index + 1] where pending.indices.contains(neighbour) {
            guard case .block(let other, nil) = pending[neighbour], let its = other.marker, its.kind == marker.kind else { continue }
            if abs(its.number - marker.number) == 1 { return marker }
        }
        return nil
    }

    /// Whether the next number stands within the text: what is counted are parts of a paragraph.
    private func countsOn(_ marker: ListMarker, _ block: LaidBlock) -> Bool {
        guard marker.mark == 0x28, marker.kind == .decimal, marker.number == 1, block.lines.count > 1 else { return false }
        return block.lines.dropFirst().contains { line in line.text.contains(Array(" (2) ".utf8)) }
    }

    private mutating func tree(_ block: LaidBlock) -> Block? {
        switch block.content {
        case .text:
            let inlines = notes.inlines(block, dropping: 0)
            guard !inlines.isEmpty else { return nil }
            if block.role == .diagram { return .figure([.paragraph(inlines)], caption: caption(block)) }
            return block.role == .quote || block.isBesideBar && block.lines.count > 0 ? .quote([.paragraph(inlines)]) : .paragraph(inlines)
        case .code(let lines): return .code(lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n"), language: nil)
        case .table(var table):
            table.head.caption = caption(block)
            return .table(table)
        case .picture(let picture):
            guard let name = picture.name else { return nil }
            return .figure([.paragraph([.image(Image(.media(MediaID(name)), alternative: picture.alternative))])], caption: caption(block))
        }
    }

    private func caption(_ block: LaidBlock) -> [Inline] { block.captions.first.map { notes.inlines($0, dropping: 0) } ?? [] }
}
