// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import NumberFormats
import Sheets
import XMLTree

/// Makes the cells of rows out of what they show, or else out of their values (9.1.4, 19.389).
struct ODSCells {
    private let document: ODFDocument
    /// Objects anchored in the cells of the row.
    private var objects: [Block] = []
    /// Cells that may still be made by repeating.
    private var repeats = ODFTable.mostRepeated
    /// A number per cell style.
    private var styles: [String: Int] = [:]

    init(_ document: ODFDocument) { self.document = document }

    mutating func takeObjects() -> [Block] {
        defer { objects = [] }
        return objects
    }

    /// How often a row of so many cells may be repeated.
    mutating func allowed(_ times: Int, of cells: Int) -> Int {
        guard times > 1 else { return times }
        let most = repeats / max(1, cells) + 1
        if times > most { document.diagnostics.report("table-repeats-cut", "a table repeats its cells more often than is carried over") }
        repeats -= (min(times, most) - 1) * cells
        return min(times, most)
    }

    mutating func row(_ element: XMLElement) -> [SheetCell] {
        var out: [SheetCell] = []
        var column = 0
        let usual = element.attribute(.table_defaultCellStyleName)
        for child in element.children {
            guard child.known == .table_tableCell || child.known == .table_coveredTableCell else { continue }
            let times = max(1, child.count(.table_numberColumnsRepeated, usual: 1, most: ODFTable.mostColumns))
            defer { column += times }
            if child.known == .table_coveredTableCell {
                if child.hasText { document.diagnostics.report("cells-covered", "what lies below merged cells was left out") }
                continue
            }
            guard child.hasChildren || child.has(.office_valueType) else { continue }
            guard var cell = cell(child, column) else { continue }
            cell.style = style(child.attribute(.table_styleName) ?? usual)
            for offset in 0..<allowed(times, of: 1) {
                cell.column = column + offset
                out.append(cell)
            }
        }
        return out
    }

    private mutating func style(_ name: String?) -> Int {
        guard let name else { return 0 }
        if let known = styles[name] { return known }
        styles[name] = styles.count + 1
        return styles.count
    }

    private mutating func cell(_ element: XMLElement, _ column: Int) -> SheetCell? {
        let type = element.attribute(.office_valueType)
        let kind: SheetCell.Kind = switch type {
        case "float", "percentage", "currency", "date", "time": .number
        case "boolean": .other
        default: .text
        }
        var cell = SheetCell(column: column, kind: kind, text: "")
        cell.columns = max(1, element.count(.table_numberColumnsSpanned, usual: 1, most: ODFTable.mostColumns))
        cell.rows = max(1, element.count(.table_numberRowsSpanned, usual: 1, most: 10_000_000))
        // One paragraph of nothing but text is what most cells are.
        var children = element.children
        if let only = children.next(), only.known == .text_p, children.next() == nil, !only.hasChildren {
            cell.text = Self.collapsed(only.text)
        } else {
            read(element, &cell)
        }
        if cell.text.isEmpty, cell.content == nil { cell.text = ODSValue.text(element, type) }
        return cell.text.isEmpty && cell.content == nil ? nil : cell
    }

    private static func collapsed(_ text: String) -> String {
        var wasSpace = true
        let isClean = text.utf8.allSatisfy { byte in
            defer { wasSpace = byte == 0x20 }
            return byte > 0x20 || byte == 0x20 && !wasSpace
        }
        return isClean && !wasSpace ? text : text.split(whereSeparator: { $0 == " " || $0.isNewline || $0 == "\t" }).joined(separator: " ")
    }

    /// Paragraphs, comments and objects of a cell.
    private mutating func read(_ element: XMLElement, _ cell: inout SheetCell) {
        let body = ODFBody(document)
        var runs = TextRuns()
        // A comment comes before the text, and belongs behind it.
        var notes = TextRuns()
        for child in element.children {
            switch child.known {
            case .text_p, .text_h:
                if !runs.isEmpty { runs.add(.lineBreak) }
                runs.add(body.runs(child, ODFStyle()))
            case .office_annotation:
                body.annotation(child, &notes)
            case .draw_frame, .draw_g, .draw_a, .draw_customShape, .draw_rect, .draw_line, .draw_control, .draw_caption, .draw_ellipse, .draw_connector:
                objects += ODFBody(document).blocks(of: child)
            default:
                let line = Blocks.line(ODFBody(document).blocks(of: child))
                if !line.isEmpty {
                    if !runs.isEmpty { runs.add(.lineBreak) }
                    runs.add(line, [], nil)
                }
            }
        }
        objects += body.leading + body.floats
        runs.trimEnd()
        runs.add(notes)
        guard !runs.isEmpty else { return }
        let isPlain = runs.pieces.allSatisfy { piece in
            switch piece.content {
            case .text: piece.marks.isEmpty && piece.link == nil
            case .inline(.lineBreak): true
            case .inline: false
            }
        }
        cell.text = runs.plainText
        if !isPlain { cell.content = runs.inlines() }
    }
}

/// Values of cells that show no text of their own.
enum ODSValue {
    static func text(_ element: XMLElement, _ type: String?) -> String {
        switch type {
        case "float", "currency", "percentage":
            guard let written = element.attribute(.office_value), let value = Double(written), value.isFinite else { return element.attribute(.office_value) ?? "" }
            if type == "percentage" { return GeneralNumber.text(value * 100) + "%" }
            let unit = type == "currency" ? element.attribute(.office_currency) ?? "" : ""
            return GeneralNumber.text(value) + (unit.isEmpty ? "" : " " + unit)
        case "date": return (element.attribute(.office_dateValue) ?? "").replacing("T", with: " ")
        case "time": return time(element.attribute(.office_timeValue) ?? "")
        case "boolean": return (element.attribute(.office_booleanValue) ?? "").uppercased()
        case "string": return element.attribute(.office_stringValue) ?? ""
        default: return ""
        }
    }

    /// `PT12H30M00S` (XML Schema part 2, 3.2.6) as a clock shows it.
    private static func time(_ text: String) -> String {
        guard text.hasPrefix("PT") else { return text }
        var parts: [Character: String] = [:]
        var number = ""
        for character in text.dropFirst(2) {
            if character.isNumber || character == "." { number.append(character) } else {
                parts[character] = number
                number = ""
            }
        }
        func two(_ part: String?) -> String { part.map { $0.utf8.count < 2 ? "0" + $0 : $0 } ?? "00" }
        return two(parts["H"]) + ":" + two(parts["M"]) + ":" + two(parts["S"].map { String($0.prefix { $0 != "." }) })
    }
}
