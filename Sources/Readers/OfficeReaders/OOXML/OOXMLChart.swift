// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// A chart part (ECMA-376 part 1, 21.2) as its title and the table of its cached values.
enum OOXMLChart {
    static func blocks(_ root: XMLElement) -> [Block] {
        var out: [Block] = []
        if let title = root.descendant(.c_title), case let text = title.text.trimmed, !text.isEmpty { out.append(.paragraph([.text(text)])) }
        var names: [String] = []
        var columns: [[Int: String]] = []
        var categories: [Int: String] = [:]
        root.descendants(.c_ser) { series in
            guard names.count < 256 else { return }
            names.append(series.first(.c_tx)?.descendant(.c_v)?.text ?? "")
            for name in [OOXMLName.c_cat, .c_xVal] where categories.isEmpty {
                if let axis = series.first(name) { categories = points(axis) }
            }
            columns.append((series.first(.c_val) ?? series.first(.c_yVal)).map { points($0) } ?? [:])
        }
        let rows = Set(categories.keys).union(columns.flatMap(\.keys)).sorted().prefix(10_000)
        guard !rows.isEmpty else { return out }
        let head = Row([Cell(text: "")] + names.map { Cell(text: $0) })
        out.append(.table(Table(head: TableHead(rows: [head]), rows: rows.map { at in
            Row([Cell(text: categories[at] ?? "")] + columns.map { Cell(text: $0[at] ?? "") })
        })))
        return out
    }

    private static func points(_ element: XMLElement) -> [Int: String] {
        var found: [Int: String] = [:]
        element.descendants(.c_pt) { point in
            if let at = point.attribute(.n_idx).flatMap({ Int($0) }) { found[at] = number(point.firstOrEmpty(.c_v).text) }
        }
        return found
    }

    /// `4.4000000000000004` is 4.4: caches hold 17 digits, people typed 15.
    private static func number(_ text: String) -> String {
        guard text.utf8.count > 16, text.contains("."), let value = Double(text), value.magnitude < 1e9 else { return text }
        let rounded = (value * 1e10).rounded() / 1e10
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }
}
