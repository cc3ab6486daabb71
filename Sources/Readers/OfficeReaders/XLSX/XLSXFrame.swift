// SPDX-License-Identifier: Apache-2.0
import Sheets
import XMLTree

/// What surrounds the cells of a worksheet: merged areas, links, and the parts it refers to.
struct XLSXFrame {
    struct Link {
        var area: CellArea
        var relationship: String?
        var tooltip: String?
    }

    var merged: [CellArea] = []
    var links: [Link] = []
    /// Relationships to tables.
    var tables: [String] = []
    var drawing: String?
    var objects = 0
    /// Relationships of controls to what they are, by the numbers of their shapes.
    var controls: [String: String] = [:]
    private static let most = 1_000_000

    /// Reads a piece of what comes behind the cells; pieces end before a tag.
    mutating func take(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { buffer in
            var tokens = XMLTokenizer(buffer)
            while true {
                switch tokens.next() {
                case .start, .emptyElement: take(tokens)
                case .end, .text: continue
                case .needsParser, .finished: return
                }
            }
        }
    }

    private mutating func take(_ tokens: borrowing XMLTokenizer) {
        switch XLSXTag(tokens.current) {
        case .mergeCell:
            if merged.count < Self.most, let area = tokens.value("ref").flatMap({ XLSXNumber.area($0) }) { merged.append(area) }
        case .hyperlink:
            guard links.count < Self.most, let area = tokens.value("ref").flatMap({ XLSXNumber.area($0) }) else { return }
            links.append(Link(area: area, relationship: tokens.relationship, tooltip: tokens.value("tooltip")))
        case .drawing: drawing = tokens.relationship
        case .tablePart: if tables.count < 10_000, let id = tokens.relationship { tables.append(id) }
        case .oleObject: objects += 1
        case .control: if controls.count < 10_000, let shape = tokens.value("shapeId") { controls[shape] = tokens.relationship }
        default: break
        }
    }

    /// Where the cells have ended: behind the last `</sheetData>` or `<sheetData/>`.
    static func end(ofCellsIn bytes: [UInt8]) -> Int? {
        let word = Array("sheetData".utf8)
        return bytes.withUnsafeBufferPointer { buffer -> Int? in
            var at = buffer.count - word.count
            while at > 0 {
                if buffer[at] == word[0], buffer[at..<(at + word.count)].elementsEqual(word), let end = endOfCells(buffer, name: at) { return end }
                at -= 1
            }
            return nil
        }
    }

    /// Behind the tag with this name when nothing more comes in its element; a prefix may stand before the name.
    private static func endOfCells(_ buffer: UnsafeBufferPointer<UInt8>, name: Int) -> Int? {
        guard let open = buffer[max(0, name - longestPrefix)..<name].lastIndex(of: UInt8(ascii: "<")),
            let close = buffer[name...].firstIndex(of: UInt8(ascii: ">")),
            !buffer[open..<name].contains(UInt8(ascii: ">"))
        else { return nil }
        return buffer[open + 1] == UInt8(ascii: "/") || buffer[close - 1] == UInt8(ascii: "/") ? close + 1 : nil
    }

    private static let longestPrefix = 64
}
