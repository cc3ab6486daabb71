// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Neighbouring code lines become one block, neighbouring quotes one quote.
struct OOXMLBlocks {
    private var out: [Block] = []
    private var lines: [String] = []
    private var quoted: [Block] = []

    static func gather(_ blocks: [Block]) -> [Block] {
        var gathered = OOXMLBlocks()
        for block in blocks {
            switch block {
            case .code(let text, language: nil): gathered.add(line: text)
            case .quote(let inner): gathered.add(quoted: inner)
            default:
                gathered.flush()
                gathered.out.append(block)
            }
        }
        gathered.flush()
        return gathered.out
    }

    private mutating func add(line: String) {
        if !quoted.isEmpty { flush() }
        lines.append(line)
    }

    private mutating func add(quoted inner: [Block]) {
        if !lines.isEmpty { flush() }
        quoted += inner
    }

    private mutating func flush() {
        if !lines.isEmpty { out.append(.code(lines.joined(separator: "\n"), language: nil)) }
        if !quoted.isEmpty { out.append(.quote(quoted)) }
        lines = []
        quoted = []
    }
}

/// Tells program text in a fixed-width font from prose in one.
enum OOXMLCode {
    static func isMonospaced(_ font: String) -> Bool {
        let name = font.lowercased()
        return name.hasPrefix("courier") || name.hasPrefix("consolas") || name.contains(" mono") || name.hasPrefix("lucida console") || name == "monaco"
            || name == "menlo" || name.hasSuffix("mono") || name == "source code pro" || name == "fixedsys" || name == "andale mono"
    }

    static func looksLikeCode(_ text: String) -> Bool {
        let signs = text.utf8.count { "{}();=<>[]$#\\|_*/+".utf8.contains($0) }
        return signs * 40 >= text.utf8.count || text.hasPrefix("    ") || text.hasPrefix("\t")
    }
}

/// The text of blocks on one line.
enum OOXMLPlain {
    static func text(_ blocks: [Block]) -> String {
        var words: [String] = []
        for block in blocks { collect(block, &words) }
        return words.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func collect(_ block: Block, _ out: inout [String]) {
        switch block {
        case .heading(_, let content), .paragraph(let content): out.append(text(content))
        case .list(let list): for item in list.items { for block in item.blocks { collect(block, &out) } }
        case .table(let table): for row in table.head.rows + table.rows { for cell in row.cells { for block in cell.blocks { collect(block, &out) } } }
        case .code(let text, _), .math(let text), .raw(let text, _): out.append(text)
        case .quote(let blocks): for block in blocks { collect(block, &out) }
        case .figure(let blocks, let caption):
            for block in blocks { collect(block, &out) }
            out.append(text(caption))
        case .definitions, .rule, .pageBreak: break
        }
    }

    private static func text(_ content: [Inline]) -> String {
        content.reduce(into: "") { out, inline in
            switch inline {
            case .text(let text), .code(let text), .math(let text): out += text
            case .lineBreak: out += " "
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .underline(let inner), .superscript(let inner), .subscript(let inner),
                .link(_, _, let inner): out += text(inner)
            case .image, .note, .anchor: break
            }
        }
    }
}
