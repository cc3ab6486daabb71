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
    private static let most = 1_000_000

    init() {}

    /// Reads what comes behind the cells.
    init(_ bytes: ArraySlice<UInt8>) {
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
        case .oleObject, .control: objects += 1
        default: break
        }
    }

    /// Where the last tag about `sheetData` stands; what is behind it is the frame.
    static func start(in bytes: [UInt8]) -> Int { end(ofCellsIn: bytes) ?? 0 }

    static func end(ofCellsIn bytes: [UInt8]) -> Int? {
        let word = Array("sheetData".utf8)
        return bytes.withUnsafeBufferPointer { buffer -> Int? in
            var at = buffer.count - word.count
            while at >= 0 {
                if buffer[at] == word[0], buffer[at..<(at + word.count)].elementsEqual(word) {
                    return buffer[at...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
                }
                at -= 1
            }
            return nil
        }
    }
}
