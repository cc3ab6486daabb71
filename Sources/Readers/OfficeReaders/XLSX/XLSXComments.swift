// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import Sheets
import XMLTree

/// Comments on cells: the older kind (18.7) and threads ([MS-XLSX] 2.6.205), which also leave a stand-in among the older.
enum XLSXComments {
    private struct Remark {
        var row: Int
        var column: Int
        var author: String
        var text: String
        /// `2026-06-18 17:12`, where it is known.
        var time = ""
    }

    /// In the order of their cells; the remarks on one cell are one comment.
    static func read(_ book: XLSXBook, sheet: String) -> [CellComment] {
        let links = book.package.relationships(of: sheet, &book.diagnostics).values.filter { !$0.isExternal }
        var remarks: [Remark] = []
        for part in links.filter({ $0.type == "threadedComment" }).map(\.target).sorted() { remarks += threaded(book, part) }
        let threads = Set(remarks.map { [$0.row, $0.column] })
        for part in links.filter({ $0.type == "comments" }).map(\.target).sorted() {
            remarks += (part.hasSuffix(".bin") ? binary(book, part) : plain(book, part))
                .filter { !threads.contains([$0.row, $0.column]) }
        }
        var order: [[Int]: [Remark]] = [:]
        for remark in remarks { order[[remark.row, remark.column], default: []].append(remark) }
        return order.sorted { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }.map { place, remarks in
            CellComment(row: place[0], column: place[1], note: book.nextNote(), blocks: remarks.map(block))
        }
    }

    private static func block(_ remark: Remark) -> Block {
        // Older comments often begin with their author's name.
        guard !remark.author.isEmpty, !remark.text.hasPrefix(remark.author + ":") else { return .paragraph(SheetCell.lines(remark.text)) }
        let time = remark.time.isEmpty ? "" : ", " + remark.time
        return .paragraph([.text(remark.author + time + ": ")] + SheetCell.lines(remark.text))
    }

    private static func plain(_ book: XLSXBook, _ part: String) -> [Remark] {
        book.package.optionalTree(part, &book.diagnostics)?.withRoot { root in
            let authors = root.firstOrEmpty(.x_authors).children.filter { $0.known == .x_author }.map(\.text)
            return root.firstOrEmpty(.x_commentList).children.compactMap { comment in
                let author = comment.attribute(.n_authorId).flatMap { Int($0) } ?? -1
                return remark(comment, authors.indices.contains(author) ? authors[author] : "", text(comment.firstOrEmpty(.x_text)))
            }
        } ?? []
    }

    private static func binary(_ book: XLSXBook, _ part: String) -> [Remark] {
        XLSBParts.comments(part, book).map { Remark(row: $0.area.top, column: $0.area.left, author: $0.author.trimmed, text: $0.text.trimmed) }
            .filter { !$0.text.isEmpty }
    }

    private static func threaded(_ book: XLSXBook, _ part: String) -> [Remark] {
        let persons = book.persons
        return book.package.optionalTree(part, &book.diagnostics)?.withRoot { root in
            root.children.filter { $0.known == .xtc_threadedComment }.compactMap { comment in
                var found = remark(comment, comment.attribute(.n_personId).flatMap { persons[$0] } ?? "", comment.firstOrEmpty(.xtc_text).text)
                found?.time = comment.attribute(.n_dT).map { $0.prefix(16).split(separator: "T").joined(separator: " ") } ?? ""
                return found
            }
        } ?? []
    }

    private static func remark(_ comment: XMLElement, _ author: String, _ text: String) -> Remark? {
        let text = XLSXText.unescaped(text).trimmed
        guard !text.isEmpty, let area = comment.attribute(.n_ref).flatMap({ XLSXNumber.area($0) }) else { return nil }
        return Remark(row: area.top, column: area.left, author: author.trimmed, text: text)
    }

    /// The runs' texts without phonetic hints.
    private static func text(_ element: XMLElement) -> String {
        var out = ""
        for child in element.children {
            switch child.known {
            case .x_t: out += child.text
            case .x_r: out += child.firstOrEmpty(.x_t).text
            default: continue
            }
        }
        return out
    }

    /// The names of those who take part in threads, by id.
    static func persons(_ book: XLSXBook) -> [String: String] {
        var names: [String: String] = [:]
        book.package.optionalTree(book.related("person"), &book.diagnostics)?.withRoot { root in
            for person in root.children where person.known == .xtc_person {
                if let id = person.attribute(.n_id) { names[id] = person.attribute(.n_displayName) }
            }
        }
        return names
    }
}
