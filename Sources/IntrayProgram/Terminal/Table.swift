// SPDX-License-Identifier: Apache-2.0

/// Columns of text, as wide as their widest cell; the last one is not padded.
struct TextTable {
    var rows: [[String]]

    init(header: [String]) { rows = [header] }

    mutating func add(_ cells: String...) { rows.append(cells) }

    func render() -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
            }.joined()
        }.joined(separator: "\n") + "\n"
    }
}
