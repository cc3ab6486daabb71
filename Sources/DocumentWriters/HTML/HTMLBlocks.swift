// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The tree as HTML without anything active: no scripts, styles, event attributes or addresses that run code.
struct HTMLBlocks {
    let output: OutputBuffer
    let pictures: PictureLinks
    var headingOffset = 0

    func write(_ blocks: [Block]) { for block in blocks { write(block) } }

    func write(_ block: Block) {
        switch block {
        case .heading(let level, let content):
            let tag = "h\(min(6, max(1, level + headingOffset)))"
            element(tag) { write(content) }
        case .paragraph(let content): element("p") { write(content) }
        case .list(let list): write(list)
        case .table(let table): write(table)
        case .code(let text, let language):
            output.append("<pre><code")
            if let language { output.append(" class=\"language-\(Self.escaped(language))\"") }
            output.append(">")
            self.text(text)
            output.append("</code></pre>\n")
        case .quote(let blocks): element("blockquote") { write(blocks) }
        case .definitions(let definitions):
            element("dl") {
                for definition in definitions {
                    element("dt") { write(definition.term) }
                    for description in definition.descriptions { element("dd") { cell(description) } }
                }
            }
        case .rule: output.append("<hr>\n")
        case .pageBreak(let page, let label):
            output.append("<hr class=\"page\"\(page.map { " data-page=\"\($0)\"" } ?? "")\(label.map { " data-label=\"\(Self.escaped($0))\"" } ?? "")>\n")
        case .figure(let blocks, let caption):
            element("figure") {
                write(blocks)
                if !caption.isEmpty { element("figcaption") { write(caption) } }
            }
        case .math(let formula): element("p") { element("code", class: "math display") { text(formula) } }
        case .raw(let text, let format):
            element("pre", class: "raw-\(Self.escaped(format))") { self.text(text) }
        }
    }

    private func write(_ list: List) {
        var open = "<ul>\n"
        var close = "</ul>\n"
        if case .ordered(let start) = list.marker {
            open = start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n"
            close = "</ol>\n"
        }
        output.append(open)
        for item in list.items {
            output.append("<li>")
            if let checked = item.checked { output.append("<input type=\"checkbox\" disabled\(checked ? " checked" : "")> ") }
            cell(item.blocks)
            output.append("</li>\n")
        }
        output.append(close)
    }

    private func write(_ table: Table) {
        beginTable(table.head)
        for row in table.rows { self.row(row, tag: "td") }
        endTable()
    }

    func beginTable(_ head: TableHead) {
        output.append("<table>\n")
        if !head.caption.isEmpty { element("caption") { write(head.caption) } }
        guard !head.rows.isEmpty else { return }
        output.append("<thead>\n")
        for row in head.rows { self.row(row, tag: "th") }
        output.append("</thead>\n")
    }

    func endTable() { output.append("</table>\n") }

    func row(_ row: Row, tag: String) {
        output.append("<tr>")
        for cell in row.cells {
            output.append("<\(tag)\(cell.rows > 1 ? " rowspan=\"\(cell.rows)\"" : "")\(cell.columns > 1 ? " colspan=\"\(cell.columns)\"" : "")>")
            self.cell(cell.blocks)
            output.append("</\(tag)>")
        }
        output.append("</tr>\n")
    }

    /// A paragraph that is alone but for a page's beginning stands without its tags.
    private func cell(_ blocks: [Block]) {
        guard case .paragraph(let content)? = blocks.first, blocks.dropFirst().allSatisfy({ if case .pageBreak = $0 { true } else { false } }) else { return write(blocks) }
        write(content)
        write(Array(blocks.dropFirst()))
    }

    private func element(_ tag: String, class name: String? = nil, _ body: () -> Void) {
        output.append("<\(tag)\(name.map { " class=\"\($0)\"" } ?? "")>")
        body()
        output.append("</\(tag)>")
        if Self.isBlock(tag) { output.append("\n") }
    }

    private static func isBlock(_ tag: String) -> Bool { !["em", "strong", "del", "u", "sup", "sub", "code", "a"].contains(tag) }

    func write(_ inlines: [Inline]) { for inline in InlineRuns.merged(inlines) { write(inline) } }

    private func write(_ inline: Inline) {
        switch inline {
        case .text(let text): self.text(text)
        case .lineBreak: output.append("<br>")
        case .emphasis(let content): element("em") { write(content) }
        case .strong(let content): element("strong") { write(content) }
        case .strikethrough(let content): element("del") { write(content) }
        case .underline(let content): element("u") { write(content) }
        case .superscript(let content): element("sup") { write(content) }
        case .subscript(let content): element("sub") { write(content) }
        case .code(let text): element("code") { self.text(text) }
        case .link(let address, let title, let content):
            guard let safe = pictures.page(address) else { return write(content) }
            output.append("<a href=\"\(Self.escaped(safe))\"\(title.map { " title=\"\(Self.escaped($0))\"" } ?? "")>")
            write(content)
            output.append("</a>")
        case .image(let image):
            guard let address = pictures.address(of: image).flatMap(pictures.page) else { return text(image.alternative) }
            output.append("<img src=\"\(Self.escaped(address))\" alt=\"\(Self.escaped(image.alternative))\"")
            if let title = image.title, !title.isEmpty { output.append(" title=\"\(Self.escaped(title))\"") }
            output.append(">")
        case .note(let id):
            let label = NoteLabel.text(id)
            output.append("<sup><a href=\"#note-\(label)\">\(label)</a></sup>")
        case .math(let formula): element("code", class: "math") { text(formula) }
        case .anchor(let name): output.append("<a id=\"\(Self.escaped(name))\"></a>")
        }
    }

    private func text(_ text: String) { output.append(Self.escaped(text)) }

    /// Whether an address has a scheme that only names something, or none (RFC 3986, 3.1).
    static func isSafe(_ address: String) -> Bool {
        if LinkTarget.runsCode(address) { return false }
        let bytes = address.utf8.filter { $0 > 0x20 }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return true }
        let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
        let isScheme = scheme.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E].contains($0) }
        guard isScheme, (0x61...0x7A).contains(scheme.utf8.first ?? 0) else { return true }
        if scheme == "data" { return address.lowercased().hasPrefix("data:image/") && !address.lowercased().hasPrefix("data:image/svg") }
        return named.contains(scheme)
    }

    private static let named: Set = ["http", "https", "mailto", "tel", "sms", "ftp", "ftps", "sftp", "news", "irc", "ircs", "xmpp", "sip", "sips", "magnet", "urn", "doi", "geo", "cid", "mid", "file"]

    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else { return text }
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += "&amp;".utf8
            case UInt8(ascii: "<"): out += "&lt;".utf8
            case UInt8(ascii: ">"): out += "&gt;".utf8
            case UInt8(ascii: "\""): out += "&quot;".utf8
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
