// SPDX-License-Identifier: Apache-2.0
import Glibc
import XMLTree

/// The elements of sheets, shared strings and styles that are looked at, by local name; these parts are too large for trees.
enum XLSXTag {
    case row, c, v, f, t, si, `is`, r, rPr, rPh, b, i, strike, vertAlign, col, sheetData
    case mergeCell, hyperlink, drawing, tablePart, oleObject, control
    case numFmt, cellXfs, xf
    case other

    @inline(__always)
    init(_ name: UnsafeBufferPointer<UInt8>) {
        guard name.count > 1 else {
            self = name.isEmpty ? .other : Self.single(name[0])
            return
        }
        self = Self.long(name)
    }

    @inline(__always)
    private static func single(_ letter: UInt8) -> XLSXTag {
        switch letter {
        case UInt8(ascii: "c"): .c
        case UInt8(ascii: "v"): .v
        case UInt8(ascii: "f"): .f
        case UInt8(ascii: "t"): .t
        case UInt8(ascii: "r"): .r
        case UInt8(ascii: "b"): .b
        case UInt8(ascii: "i"): .i
        default: .other
        }
    }

    private static func long(_ name: UnsafeBufferPointer<UInt8>) -> XLSXTag {
        if let colon = name.firstIndex(of: UInt8(ascii: ":")) { return XLSXTag(UnsafeBufferPointer(rebasing: name[(colon + 1)...])) }
        for (word, tag) in words where name.isEqual(to: word) { return tag }
        return .other
    }

    private static let words: [(StaticString, XLSXTag)] = [
        ("row", .row), ("si", .si), ("is", .is), ("rPr", .rPr), ("rPh", .rPh), ("col", .col), ("strike", .strike), ("vertAlign", .vertAlign),
        ("sheetData", .sheetData), ("mergeCell", .mergeCell), ("hyperlink", .hyperlink), ("drawing", .drawing), ("tablePart", .tablePart),
        ("oleObject", .oleObject), ("control", .control), ("numFmt", .numFmt), ("cellXfs", .cellXfs), ("xf", .xf),
    ]
}

extension XMLTokenizer {
    /// The value of the last tag's attribute with this name, prefix and all, as it stands in the file.
    func raw(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        for attribute in attributes where attribute.nameCount == name.utf8CodeUnitCount {
            if slice(attribute.nameStart, attribute.nameCount).isEqual(to: name) { return slice(attribute.valueStart, attribute.valueCount) }
        }
        return nil
    }

    func value(_ name: StaticString) -> String? { raw(name).map(XMLText.decode) }

    func number(_ name: StaticString) -> Int? { raw(name).flatMap(XLSXNumber.integer) }

    func isTrue(_ name: StaticString) -> Bool {
        guard let raw = raw(name), let first = raw.first else { return false }
        return first == UInt8(ascii: "1") || first == UInt8(ascii: "t")
    }

    /// An attribute of the relationships' namespace, whatever its prefix.
    var relationship: String? {
        for attribute in attributes {
            let name = slice(attribute.nameStart, attribute.nameCount)
            if name.count > 3, name.suffix(3).elementsEqual(":id".utf8) { return XMLText.decode(slice(attribute.valueStart, attribute.valueCount)) }
        }
        return nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    func isEqual(to word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount, let baseAddress else { return false }
        return memcmp(baseAddress, word.utf8Start, count) == 0
    }
}
