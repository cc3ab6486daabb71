// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// A chart of the newer kind, such as waterfall or tree map ([MS-ODRAWXML] 2.24), as its title and the table of its data.
enum OOXMLExtendedChart {
    static func blocks(_ root: XMLElement) -> [Block] {
        var out: [Block] = []
        if let title = root.descendant(.cx_title), case let text = title.text.trimmed, !text.isEmpty { out.append(.paragraph([.text(text)])) }
        var names: [String] = []
        root.descendants(.cx_series) { names.append($0.firstOrEmpty(.cx_tx).text.trimmed) }
        var columns: [(head: String, values: [Int: String])] = []
        root.firstOrEmpty(.cx_chartData).descendants(.cx_data) { data in
            var series = names.isEmpty ? "" : names.removeFirst()
            for dimension in data.children {
                guard columns.count < 256, dimension.known == .cx_strDim || dimension.known == .cx_numDim else { continue }
                // Levels of categories stand with the innermost first.
                for level in dimension.children.filter({ $0.known == .cx_lvl }).reversed() {
                    let isText = dimension.known == .cx_strDim
                    columns.append((isText ? "" : series, points(level)))
                    if !isText { series = "" }
                }
            }
        }
        let rows = Set(columns.flatMap(\.values.keys)).sorted().prefix(10_000)
        guard !rows.isEmpty else { return out }
        out.append(.table(Table(
            head: TableHead(rows: [Row(columns.map { Cell(text: $0.head) })]),
            rows: rows.map { at in Row(columns.map { Cell(text: $0.values[at] ?? "") }) })))
        return out
    }

    private static func points(_ level: XMLElement) -> [Int: String] {
        var found: [Int: String] = [:]
        for point in level.children where point.known == .cx_pt {
            if let at = point.attribute(.n_idx).flatMap({ Int($0) }) { found[at] = point.text.trimmed }
        }
        return found
    }
}
