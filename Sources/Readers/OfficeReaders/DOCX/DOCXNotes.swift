// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// The parts that hold footnotes, endnotes and comments (17.11, 17.13.4).
enum DOCXNotes {
    enum Kind: String, Hashable, CaseIterable {
        case footnote, endnote, comment

        var prefix: String {
            switch self {
            case .footnote: ""
            case .endnote: "e"
            case .comment: "c"
            }
        }
    }

    /// The notes the text refers to, those in notes included, in the order of their references.
    static func read(_ document: DOCXDocument, main: String) -> [Note] {
        var trees: [Kind: XMLTree] = [:]
        var parts: [Kind: String] = [:]
        var places: [Kind: [String: Int]] = [:]
        var notes: [Note] = []
        var at = 0
        while at < document.wanted.count {
            let (id, kind, source) = document.wanted[at]
            at += 1
            if parts[kind] == nil {
                let part = document.package.part(kind.rawValue + "s", of: main, &document.diagnostics) ?? "word/" + kind.rawValue + "s.xml"
                parts[kind] = part
                trees[kind] = document.package.optionalTree(part, &document.diagnostics)
                places[kind] = trees[kind]?.withRoot { root in
                    Dictionary(root.children.map { ($0.attribute(.w_id) ?? "", $0.index) }, uniquingKeysWith: { first, _ in first })
                }
            }
            guard let place = places[kind]?[source], let tree = trees[kind], let part = parts[kind] else {
                document.diagnostics.report("note-missing", "a \(kind.rawValue) has no text in the package")
                continue
            }
            tree.withElement(at: place) { element in
                var blocks = DOCXBody(document, part: part).blocks(element)
                if kind == .comment, let author = element.attribute(.w_author), !author.isEmpty { prepend(author + ": ", to: &blocks) }
                notes.append(Note(id: id, blocks: blocks))
            }
        }
        return notes
    }

    private static func prepend(_ text: String, to blocks: inout [Block]) {
        if case .paragraph(let content)? = blocks.first {
            blocks[0] = .paragraph([.text(text)] + content)
        } else {
            blocks.insert(.paragraph([.text(text)]), at: 0)
        }
    }
}
