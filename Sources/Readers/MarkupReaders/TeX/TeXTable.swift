// SPDX-License-Identifier: Apache-2.0
import DocumentTree

// Tables: rows end with two backslashes, cells with an ampersand.

extension TeXWalk {
    func table(_ bare: String, _ name: String, _ scan: inout TeXScan, _ depth: Int) {
        while scan.option() != nil {}
        if ["tabularx", "tabulary", "xltabular"].contains(bare) || bare == "tabular" && name.hasSuffix("*") { _ = scan.group() }
        if bare == "tabu" || bare == "longtabu" { TeXColumns.skipWidth(&scan) }
        _ = scan.option()
        let columns = scan.group()
        let alignments = TeXColumns.alignments(bare == "tblr" ? TeXColumns.specification(columns) : columns)
        let body = scan.body(of: name)
        var head: [Row] = []
        var rows: [Row] = []
        var caption: [Inline] = []
        var hasRule = false
        /// How many rows each column is still covered by a cell from above.
        var covered: [Int: Int] = [:]
        let lines = TeXScan.pieces(body) { scan in
            if scan.rest.hasPrefix("\\\\") {
                scan.at += 2
                _ = scan.option()
                return true
            }
            if scan.rest.hasPrefix("\\tabularnewline") {
                scan.at += 15
                return true
            }
            return false
        }
        for line in lines {
            var start = TeXRow(line)
            start.read()
            // What stands above the first rule within is the header; of plain rules only where that is one row.
            if start.rules > 0, !rows.isEmpty, !hasRule {
                hasRule = true
                if start.isMiddle || rows.count == 1, head.isEmpty {
                    head = rows
                    rows = []
                }
            }
            if let text = start.caption {
                var inside = TeXScan(text)
                _ = inside.option()
                caption = inline(inside.group(), depth: depth)
                start.cells = inside.rest
            }
            if start.endsFirstHead {
                head = rows
                rows = []
            } else if start.endsHead {
                if head.isEmpty { head = rows }
                rows = []
            } else if start.endsFoot {
                rows = []
            }
            let cells = TeXScan.pieces(start.cells) { scan in
                guard scan.peek == UInt8(ascii: "&") else { return false }
                scan.at += 1
                return true
            }
            if cells.count == 1, cells[0].trimmed.isEmpty { continue }
            rows.append(row(cells, &covered, depth))
        }
        append(.table(Table(head: TableHead(caption: caption, alignments: alignments, rows: head), rows: rows)))
    }

    private func row(_ texts: [Line], _ covered: inout [Int: Int], _ depth: Int) -> Row {
        var cells: [Cell] = []
        var column = 0
        for text in texts {
            var scan = TeXScan(text.trimmed)
            var cell = Cell([])
            var body = scan.text
            for _ in 0..<2 {
                if scan.rest.hasPrefix("\\multicolumn") {
                    _ = scan.name()
                    cell.columns = min(max(Int(scan.group().trimmed.text) ?? 1, 1), 1_000)
                    _ = scan.group()
                    body = scan.group()
                } else if scan.rest.hasPrefix("\\multirow") {
                    _ = scan.name()
                    _ = scan.option()
                    cell.rows = min(max(Int(scan.group().trimmed.text) ?? 1, 1), 1_000)
                    _ = scan.option()
                    _ = scan.group()
                    _ = scan.option()
                    body = scan.group()
                } else {
                    break
                }
                scan = TeXScan(body.trimmed)
            }
            let isCovered = (covered[column] ?? 0) > 0
            if isCovered { covered[column, default: 1] -= 1 }
            cell.blocks = inner(body, depth: depth)
            // Below a cell that spans rows LaTeX has an empty one.
            if !isCovered || !cell.blocks.isEmpty { cells.append(cell) }
            if cell.rows > 1 { for place in column..<(column + cell.columns) { covered[place] = cell.rows - 1 } }
            column += cell.columns
        }
        return Row(cells)
    }
}

/// A row's text without the rules and marks that stand before it.
struct TeXRow {
    var cells: Line
    private(set) var rules = 0
    private(set) var isMiddle = false
    private(set) var endsFirstHead = false
    private(set) var endsHead = false
    private(set) var endsFoot = false
    private(set) var caption: Line?

    init(_ text: Line) { cells = text }

    mutating func read() {
        var scan = TeXScan(cells)
        while true {
            _ = scan.skipSpace()
            guard scan.peek == UInt8(ascii: "\\") else { break }
            let start = scan.at
            switch scan.name() {
            case "hline", "hdashline", "firsthline", "lasthline": rules += 1
            case "Xhline":
                rules += 1
                _ = scan.group()
            case "toprule":
                rules += 1
                _ = scan.option()
            case "midrule":
                rules += 1
                isMiddle = true
                _ = scan.option()
            case "bottomrule": _ = scan.option()
            case "specialrule": for _ in 0..<3 { _ = scan.group() }
            case "cline", "cmidrule", "cdashline", "addlinespace", "rowcolor", "noalign", "arrayrulecolor":
                if scan.peek == UInt8(ascii: "("), let close = scan.rest.firstIndex(of: UInt8(ascii: ")")) { scan.at = close + 1 }
                _ = scan.option()
                if scan.peek == UInt8(ascii: "{") { _ = scan.group() }
            case "endfirsthead": endsFirstHead = true
            case "endhead": endsHead = true
            case "endfoot", "endlastfoot": endsFoot = true
            case "caption":
                caption = scan.rest
                cells = scan.rest
                return
            default:
                scan.at = start
                cells = scan.rest
                return
            }
        }
        cells = scan.rest
    }
}

/// `l|c|r|p{3cm}|*{3}{c}|X`.
enum TeXColumns {
    /// Of tabularray's keys the columns: `colspec = {lcr}, hlines`; all of it where there are no keys.
    static func specification(_ keys: Line) -> Line {
        guard let key = keys.first("colspec") else { return keys.contains(UInt8(ascii: "=")) ? keys.prefix(0) : keys }
        var scan = TeXScan(keys)
        scan.at = key + 7
        _ = scan.skipSpace()
        guard scan.peek == UInt8(ascii: "=") else { return keys }
        scan.at += 1
        return scan.group()
    }

    /// `to \textwidth` or `spread 2cm` before the columns.
    static func skipWidth(_ scan: inout TeXScan) {
        let start = scan.at
        _ = scan.skipSpace()
        guard scan.rest.hasPrefix("to") || scan.rest.hasPrefix("spread"), let brace = scan.rest.prefix(200).firstIndex(of: UInt8(ascii: "{")) else {
            scan.at = start
            return
        }
        scan.at = scan.rest[..<brace].firstIndex(of: UInt8(ascii: "[")) ?? brace
    }

    static func alignments(_ spec: Line) -> [Alignment] {
        var alignments: [Alignment] = []
        var scan = TeXScan(spec)
        while let byte = scan.peek, alignments.count < 1_000 {
            scan.at += 1
            switch byte {
            case UInt8(ascii: "l"), UInt8(ascii: "X"), UInt8(ascii: "L"): alignments.append(.natural)
            case UInt8(ascii: "c"), UInt8(ascii: "C"): alignments.append(.center)
            case UInt8(ascii: "r"), UInt8(ascii: "R"), UInt8(ascii: "S"): alignments.append(.right)
            case UInt8(ascii: "p"), UInt8(ascii: "m"), UInt8(ascii: "b"):
                _ = scan.group()
                alignments.append(.natural)
            case UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: ">"), UInt8(ascii: "<"): _ = scan.group()
            case UInt8(ascii: "["): while let next = scan.peek, next != UInt8(ascii: "]") { scan.at += 1 }
            case UInt8(ascii: "*"):
                let count = min(max(Int(scan.group().text) ?? 0, 0), 100)
                let inside = scan.group()
                for _ in 0..<count where alignments.count < 1_000 { alignments += Self.single(inside) }
            default: break
            }
        }
        return alignments
    }

    private static func single(_ spec: Line) -> [Alignment] {
        spec.compactMap { $0 == UInt8(ascii: "c") ? .center : $0 == UInt8(ascii: "r") ? .right : $0 == UInt8(ascii: "l") ? .natural : nil }
    }
}
