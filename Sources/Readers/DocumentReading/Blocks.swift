// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

package enum Blocks {
    /// Neighbouring code lines become one block, neighbouring quotes one quote.
    package static func joined(_ blocks: [Block]) -> [Block] {
        var out: [Block] = []
        out.reserveCapacity(blocks.count)
        var at = 0
        while at < blocks.count {
            var end = at + 1
            switch blocks[at] {
            case .code(let text, let language):
                var lines = [text]
                while end < blocks.count, case .code(let more, _) = blocks[end] {
                    lines.append(more)
                    end += 1
                }
                out.append(.code(lines.joined(separator: "\n"), language: language))
            case .quote(var inner):
                while end < blocks.count, case .quote(let more) = blocks[end] {
                    inner += more
                    end += 1
                }
                out.append(.quote(inner))
            default: out.append(blocks[at])
            }
            at = end
        }
        return out
    }

    /// The text of blocks on one line, for metadata.
    package static func line(_ blocks: [Block]) -> String {
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
        case .definitions(let entries):
            for entry in entries {
                out.append(text(entry.term))
                for description in entry.descriptions { for block in description { collect(block, &out) } }
            }
        case .rule, .pageBreak: break
        }
    }

    package static func text(_ content: [Inline]) -> String {
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
