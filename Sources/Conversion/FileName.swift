// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// What a document's name, raw bytes, says.
enum FileName {
    /// Lower case, without the dot; empty when there is none or it is no plain ASCII word. Of names that are
    /// well known without one, what they stand for.
    static func fileExtension(_ name: [UInt8]) -> String {
        if let known = WellKnownName.fileExtension(of: String(decoding: name, as: UTF8.self)) { return known }
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
        let tail = name[(dot + 1)...]
        guard !tail.isEmpty, tail.count <= 16, tail.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else { return "" }
        return String(decoding: tail, as: UTF8.self).lowercased()
    }

    /// The extension before the last one: `csv` of `report.csv.gz`.
    static func innerExtension(_ name: [UInt8]) -> String {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
        return fileExtension(Array(name[..<dot]))
    }

    /// For people: what is no UTF-8 is U+FFFD, control characters are left out.
    static func shown(_ name: [UInt8]) -> String {
        String(String.UnicodeScalarView(String(decoding: name, as: UTF8.self).unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }))
    }

    /// `NAME.assets/` percent-encoded; empty for a nameless document.
    static func assetFolder(_ name: [UInt8]) -> String { name.isEmpty ? "" : encoded(name) + ".assets/" }

    /// `NAME.parts/` percent-encoded; empty for a nameless document.
    static func partFolder(_ name: [UInt8]) -> String { name.isEmpty ? "" : encoded(name) + ".parts/" }

    /// A relative path, percent-encoded.
    static func encoded(path: String) -> String {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { encoded(Array($0)) }.joined(separator: "/")
    }

    /// Percent-encoded (RFC 3986, 2.3), byte by byte.
    private static func encoded(_ name: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in name {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.append(byte)
            default: out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Names under which pictures may be written beside the text.
enum AssetName {
    /// A plain file name: no `/`, no leading dot, no control characters, at most 200 bytes.
    static func isSafe(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, first != UInt8(ascii: "."), bytes.count <= 200 else { return false }
        return name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "/" && $0 != "\\" && !(0x7F...0x9F).contains($0.value) }
    }
}
