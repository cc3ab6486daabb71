// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The layout's layers drawn over a page, as SVG: words, lines, regions, cells, and each block with what it was taken for.
package struct LayoutDrawing {
    private let pages: [PageLayout]
    private var styles = HeadingStyles()
    private var heads = RunningHeads()

    /// `pages` are all pages of the document, analyzed with `PageAnalyzer.traces`.
    package init(_ pages: [PageLayout], outline: [(title: [UInt8], level: Int)] = []) {
        self.pages = pages
        for entry in outline { styles.outline[HeadingStyles.title(entry.title)] = entry.level }
        for page in pages {
            styles.learn(page)
            heads.note(page)
        }
        styles.settleBody()
        for page in pages {
            for (block, isHeading) in zip(page.blocks, styles.headings(in: page.blocks)) where isHeading { styles.learnHeading(block) }
        }
        styles.settleLevels()
    }

    /// One page as an SVG file.
    package func svg(_ page: PageLayout) -> String {
        var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(page.width) \(page.height)\" font-family=\"sans-serif\" font-size=\"5\">\n"
        out += "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        if let trace = page.trace {
            out += group("rules", "stroke=\"#bbb\" stroke-width=\".6\"", trace.rules.map { line($0.box) })
            out += group("regions", "fill=\"none\" stroke=\"#e0a000\" stroke-width=\"1.2\" stroke-dasharray=\"4 2\"", trace.regions.map { rectangle($0.expanded(3)) })
            out += group("lines", "fill=\"#4080ff\" fill-opacity=\".12\"", trace.lines.map(rectangle))
            out += group("words", "fill=\"none\" stroke=\"#4080ff\" stroke-width=\".3\"", trace.words.map(rectangle))
            out += group("cells", "fill=\"none\" stroke=\"#20a040\" stroke-width=\".8\"", trace.cells.map(rectangle))
        }
        let headings = styles.headings(in: page.blocks)
        let repeated = heads.repeated(on: page, pages: pages.count)
        var labels: [String] = [], frames: [String] = []
        for (index, block) in page.blocks.enumerated() {
            let (name, color) = role(block, isHeading: headings[index], isRepeated: repeated.contains(index))
            frames.append("<rect \(place(block.box.expanded(1.5))) stroke=\"\(color)\"/>")
            labels.append("<text x=\"\(block.box.x0)\" y=\"\(block.box.y0 - 1.5)\" fill=\"\(color)\">\(index + 1) \(name)</text>")
            for caption in block.captions {
                frames.append("<rect \(place(caption.box.expanded(1.5))) stroke=\"#a040c0\"/>")
                labels.append("<text x=\"\(caption.box.x0)\" y=\"\(caption.box.y0 - 1.5)\" fill=\"#a040c0\">caption of \(index + 1)</text>")
            }
            for line in block.lines + block.captions.flatMap(\.lines) { labels.append("<text x=\"\(line.box.x0)\" y=\"\(line.baseline)\" font-size=\"\(max(1, line.size * 0.8))\" fill=\"#000\" textLength=\"\(max(1, line.box.width))\">\(escaped(line.text))</text>") }
        }
        out += group("blocks", "fill=\"none\" stroke-width=\"1\"", frames) + group("roles", "", labels)
        return out + "</svg>\n"
    }

    private func role(_ block: LaidBlock, isHeading: Bool, isRepeated: Bool) -> (name: String, color: String) {
        if isRepeated { return ("running head", "#999") }
        switch block.content {
        case .table(let table): return ("table \(table.head.rows.count)+\(table.rows.count) rows", "#20a040")
        case .picture: return ("picture", "#a040c0")
        case .code: return ("code", "#806000")
        case .text:
            if case .heading(let level)? = block.role { return ("heading \(level), tagged", "#d02020") }
            if isHeading { return ("heading \(styles.level(block))", "#d02020") }
            if block.marker != nil { return ("item", "#c06000") }
            if block.role == .diagram { return ("diagram", "#a040c0") }
            if block.role == .caption { return ("caption", "#a040c0") }
            return (block.role == nil ? "paragraph" : "paragraph, tagged", "#3050a0")
        }
    }

    private func group(_ name: String, _ look: String, _ parts: [String]) -> String { "<g id=\"\(name)\" \(look)>\n\(parts.joined(separator: "\n"))\n</g>\n" }
    private func place(_ box: Box) -> String { "x=\"\(box.x0)\" y=\"\(box.y0)\" width=\"\(max(0.1, box.width))\" height=\"\(max(0.1, box.height))\"" }
    private func rectangle(_ box: Box) -> String { "<rect \(place(box))/>" }
    private func line(_ box: Box) -> String { "<line x1=\"\(box.x0)\" y1=\"\(box.y0)\" x2=\"\(box.x1)\" y2=\"\(box.y1)\"/>" }

    private func escaped(_ text: [UInt8]) -> String {
        var out = ""
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
