// SPDX-License-Identifier: Apache-2.0
import XMLTree

// Tables: HTML's own, which both vocabularies allow, and CALS (OASIS Exchange Table Model).
extension ArticlePage {
    mutating func table(_ table: XMLElement) {
        let caption = held { $0.captionText(of: table) }
        if table.localName == "table-wrap" {
            pendingCaption = caption
            content(of: table) { $0.localName == "label" || $0.localName == "caption" }
            writeCaption("p")
            return
        }
        if !caption.isEmpty { pendingCaption = caption }
        let leftOut = ["title", "caption", "info", "blockinfo", "textobject"]
        if table.children.contains(where: { $0.localName == "tgroup" || $0.localName == "mediaobject" }) {
            content(of: table) { leftOut.contains(String($0.localName)) }
            writeCaption("p")
        } else {
            open("table", table)
            writeCaption("caption")
            content(of: table) { leftOut.contains(String($0.localName)) }
            close("table")
        }
    }

    private mutating func writeCaption(_ tag: StaticString) {
        guard !pendingCaption.isEmpty else { return }
        open(tag)
        raw(pendingCaption)
        close(tag)
        pendingCaption = []
    }

    /// One `tgroup`: its columns have names that cells span by.
    mutating func columnGroup(_ group: XMLElement) {
        var places: [String: Int] = [:]
        var column = 0
        for child in group.children where child.localName == "colspec" {
            column = child.plainAttribute("colnum").flatMap { Int($0) } ?? column &+ 1
            if let name = child.plainAttribute("colname") { places[name] = column }
        }
        for child in group.children where child.localName == "spanspec" {
            if let name = child.plainAttribute("spanname"), let width = Self.width(child, places) { places["\u{0}" + name] = width }
        }
        columns.append(places)
        open("table", group)
        writeCaption("caption")
        for part in ["thead", "tbody", "tfoot"] {
            isInHead = part == "thead"
            for child in group.children where child.localName == part { element(child, in: group) }
        }
        isInHead = false
        close("table")
        columns.removeLast()
    }

    private static func width(_ cell: XMLElement, _ places: [String: Int]) -> Int? {
        guard let start = cell.plainAttribute("namest").flatMap({ places[$0] }), let end = cell.plainAttribute("nameend").flatMap({ places[$0] }) else { return nil }
        let width = end.subtractingReportingOverflow(start)
        return width.overflow || width.partialValue < 0 || width.partialValue >= 1_000 ? nil : width.partialValue + 1
    }

    mutating func row(_ row: XMLElement) {
        open("tr", row)
        content(of: row)
        close("tr")
    }

    mutating func cell(_ cell: XMLElement) {
        let isHead = cell.localName == "th" || cell.localName == "entry" && isInHead
        raw(isHead ? "<th" : "<td")
        let places = columns.last ?? [:]
        let width = Self.width(cell, places) ?? cell.plainAttribute("spanname").flatMap { places["\u{0}" + $0] } ?? cell.plainAttribute("colspan").flatMap { Int($0) } ?? 1
        let height = cell.plainAttribute("morerows").flatMap { Int($0) }.map { min($0, 65_000) + 1 } ?? cell.plainAttribute("rowspan").flatMap { Int($0) } ?? 1
        if width > 1 { raw(" colspan=\"\(width)\"") }
        if height > 1 { raw(" rowspan=\"\(height)\"") }
        if let align = cell.plainAttribute("align"), ["left", "right", "center"].contains(align) { raw(" align=\"\(align)\"") }
        raw(">")
        content(of: cell)
        raw(isHead ? "</th>" : "</td>")
    }
}
