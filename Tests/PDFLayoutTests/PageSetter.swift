// SPDX-License-Identifier: Apache-2.0
import DocumentTree

@testable import PDFLayout

/// Sets pages by values: each character half an em wide.
struct PageSetter {
    var page: PageContent

    init(number: Int = 1, width: Float = 600, height: Float = 800) {
        page = PageContent(number: number, width: width, height: height)
    }

    /// Writes a line whose first character stands at `x` (with right-to-left text: whose last one does).
    mutating func write(_ text: String, x: Float, y: Float, size: Float = 10, bold: Bool = false, mono: Bool = false, tag: Int32 = -1) {
        let style = TextStyle(size: size, isBold: bold, isMono: mono)
        let place = page.styles.firstIndex(of: style) ?? page.styles.count
        if place == page.styles.count { page.styles.append(style) }
        var x = x
        for scalar in text.unicodeScalars {
            let box = Box(x, y - 0.8 * size, x + 0.5 * size, y + 0.2 * size)
            page.glyphs.append(Glyph(scalar.value, style: place, box: box, baseline: y, tag: tag))
            x += 0.5 * size
        }
    }

    /// Several lines of a paragraph, 12 points apart.
    mutating func write(lines: [String], x: Float, y: Float, size: Float = 10) {
        for (index, line) in lines.enumerated() { write(line, x: x, y: y + Float(index) * 1.2 * size, size: size) }
    }

    static func document(_ pages: [PageSetter], outline: [(title: [UInt8], level: Int)] = []) throws -> (document: Document, losses: [String]) {
        var analyzer = PageAnalyzer()
        var flow = DocumentFlow(outline: outline, pages: pages.count)
        let builder = DocumentBuilder()
        for page in pages { try flow.add(analyzer.analyze(page.page), to: builder) }
        try flow.finish(to: builder)
        var document = builder.document
        document.blocks.removeAll { if case .pageBreak = $0 { true } else { false } }
        return (document, flow.losses.map(\.code))
    }
}
