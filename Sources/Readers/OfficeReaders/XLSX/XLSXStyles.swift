// SPDX-License-Identifier: Apache-2.0
import NumberFormats
import XMLTree

/// The number format of each cell style (18.8).
struct XLSXStyles {
    /// nil where General shows the number as it is.
    private var formats: [NumberFormat?] = []

    init() {}

    init(_ part: [UInt8]) {
        var custom: [Int: String] = [:]
        var known: [Int: NumberFormat?] = [:]
        part.withUnsafeBufferPointer { buffer in
            var tokens = XMLTokenizer(buffer)
            var isInCells = false
            while true {
                let token = tokens.next()
                switch token {
                case .start, .emptyElement:
                    switch XLSXTag(tokens.current) {
                    case .numFmt:
                        if let id = tokens.number("numFmtId"), let code = tokens.value("formatCode") { custom[id] = XLSXText.unescaped(code) }
                    case .cellXfs: isInCells = token == .start
                    case .xf where isInCells && formats.count < 1 << 16:
                        let id = tokens.number("numFmtId") ?? 0
                        let format = known[id] ?? Self.format(id, custom[id])
                        known[id] = format
                        formats.append(format)
                    default: break
                    }
                case .end: if XLSXTag(tokens.current) == .cellXfs { return }
                case .text: continue
                case .needsParser, .finished: return
                }
            }
        }
    }

    /// - Parameter ids: The number format of each style, with its code where the file has one.
    init(ids: [Int], codes: [Int: String]) {
        var known: [Int: NumberFormat?] = [:]
        for id in ids {
            let format = known[id] ?? Self.format(id, codes[id])
            known[id] = format
            formats.append(format)
        }
    }

    /// A file's own code counts before a built-in one of the same number.
    private static func format(_ id: Int, _ code: String?) -> NumberFormat? {
        let format = code.map { NumberFormat(code: $0) } ?? NumberFormat(builtIn: id) ?? NumberFormat.general
        return format.isGeneral ? nil : format
    }

    subscript(style: Int) -> NumberFormat? { style >= 0 && style < formats.count ? formats[style] : nil }
}
