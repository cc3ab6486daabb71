// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// Comments on slides: the older kind (19.4) and the threaded one ([MS-PPTX] 2.6.3).
enum PPTXComments {
    static func authors(_ deck: PPTXDeck) -> [String: String] {
        var names: [String: String] = [:]
        for type in ["commentAuthors", "authors"] {
            deck.package.optionalTree(deck.related(type), &deck.diagnostics)?.withRoot { root in
                for child in root.children where child.known == .p_cmAuthor || child.known == .p188_author {
                    if let id = child.attribute(.n_id) { names[id] = child.attribute(.n_name) }
                }
            }
        }
        return names
    }

    /// A slide's comments, each a quotation with its author and day.
    static func blocks(_ deck: PPTXDeck, slide: String) -> [Block] {
        let parts = deck.package.relationships(of: slide, &deck.diagnostics).values.filter { $0.type == "comments" && !$0.isExternal }.map(\.target).sorted()
        var out: [Block] = []
        for part in parts {
            deck.package.optionalTree(part, &deck.diagnostics)?.withRoot { root in
                for comment in root.children {
                    switch comment.known {
                    case .p_cm: out += block(comment, comment.firstOrEmpty(.p_text).text, comment.attribute(.n_dt), deck)
                    case .p188_cm:
                        out += block(comment, text(comment), comment.attribute(.n_created), deck)
                        for reply in comment.firstOrEmpty(.p188_replyLst).children where reply.known == .p188_reply {
                            out += block(reply, text(reply), reply.attribute(.n_created), deck)
                        }
                    default: continue
                    }
                }
            }
        }
        return out
    }

    private static func text(_ comment: XMLElement) -> String {
        var lines: [String] = []
        comment.firstOrEmpty(.p188_txBody).descendants(.a_p) { lines.append($0.text) }
        return lines.joined(separator: "\n")
    }

    private static func block(_ comment: XMLElement, _ text: String, _ date: String?, _ deck: PPTXDeck) -> [Block] {
        let text = text.trimmed
        guard !text.isEmpty else { return [] }
        var mark: [Inline] = []
        if let author = comment.attribute(.n_authorId).flatMap({ deck.authors[$0] }), !author.isEmpty {
            let day = date.map { $0.prefix { $0 != "T" } } ?? ""
            mark = [.strong([.text(author)]), .text(day.isEmpty ? ": " : " (\(day)): ")]
        }
        return [.quote([.paragraph(mark + lines(text))])]
    }

    private static func lines(_ text: String) -> [Inline] {
        var out: [Inline] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            if index > 0 { out.append(.lineBreak) }
            out.append(.text(String(line)))
        }
        return out
    }
}
