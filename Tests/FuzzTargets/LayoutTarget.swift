// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import PDFLayout

/// The layout of pages whose glyphs, lines and boxes stand wherever the input says.
enum LayoutTarget {
    static func run(_ bytes: UnsafeRawBufferPointer) {
        var analyzer = PageAnalyzer()
        var flow = DocumentFlow(pages: 2)
        let sink = DocumentBuilder()
        let half = bytes.count / 2
        for (number, part) in [bytes.prefix(half), bytes.dropFirst(half)].enumerated() {
            let page = page(UnsafeRawBufferPointer(rebasing: part), number + 1)
            try? flow.add(analyzer.analyze(page), to: sink)
        }
        try? flow.finish(to: sink)
    }

    /// Records of ten bytes: kind, a, b, and four places of two bytes or less.
    private static func page(_ bytes: UnsafeRawBufferPointer, _ number: Int) -> PageContent {
        var page = PageContent(number: number, width: 612, height: 792)
        page.styles = [6, 9, 10, 12, 18, 30].enumerated().map { TextStyle(size: Float($1), isBold: $0 % 2 == 1, isMono: $0 == 2, font: $0 % 3) }
        var at = 0
        while at + 10 <= bytes.count, page.glyphs.count < 3_000 {
            let kind = bytes[at], scalar = UInt32(bytes[at + 1]) | UInt32(bytes[at + 2] & 7) << 8
            // A tenth of a point, a little beyond the page on each side.
            let x = Float(Int(bytes[at + 3]) << 8 | Int(bytes[at + 4])) / 100 - 10, y = Float(Int(bytes[at + 5]) << 8 | Int(bytes[at + 6])) / 80 - 10
            let width = Float(bytes[at + 7]) / 8, height = Float(bytes[at + 8]) / 8
            let box = Box(x, y, x + width, y + height)
            switch kind % 8 {
            case 5: page.rules.append(bytes[at + 9] % 2 == 0 ? Rule(horizontal: y, from: x, to: x + width * 10) : Rule(vertical: x, from: y, to: y + height * 10))
            case 6: page.fills.append(box)
            case 7: page.links.append(LinkArea(box: box, address: "http://a.b"))
            default:
                let turn: UInt8 = kind > 240 ? kind % 5 : 0
                page.glyphs.append(Glyph(scalar, style: Int(bytes[at + 9]) % 6, turn: turn, box: box, baseline: y + height * 0.2, tag: Int32(kind >> 3) - 1))
            }
            at += 10
        }
        if bytes.count % 3 == 0 {
            let places = (0..<8).map { TagNode($0 % 2 == 0 ? "P" : "TD", [.content($0)]) }
            page.tags = TagNode("Document", [.node(TagNode("Table", [.node(TagNode("TR", places.map { .node($0) }))])), .node(TagNode("H1", [.content(9)]))])
        }
        return page
    }
}
