// SPDX-License-Identifier: Apache-2.0

/// Comma-separated values as Docutils takes them.
enum RSTCSV {
    /// `tab`, `space`, a character, or the number of one: `0x5c`.
    static func delimiter(_ option: Line) -> UInt8 {
        if option.equals("tab") { return 0x09 }
        if option.equals("space") { return 0x20 }
        let mark = option.count > 1 ? RSTRole.unicode(option).utf8.first : option.first
        return mark.flatMap { $0 < 0x80 ? $0 : nil } ?? UInt8(ascii: ",")
    }

    static func rows(_ text: Line, _ mark: UInt8) -> [[[Line]]] {
        var rows: [[[Line]]] = []
        var row: [[Line]] = []
        var field: [UInt8] = []
        var isQuoted = false
        var at = text.startIndex
        func take() {
            let lines = field.split(separator: 0x0A, omittingEmptySubsequences: false)
            row.append([lines.first?.trimmed ?? []] + RSTCell.dedented(Array(lines.dropFirst())))
            field = []
        }
        while at < text.endIndex {
            let byte = text[at]
            if isQuoted {
                if byte == UInt8(ascii: "\"") {
                    if at + 1 < text.endIndex, text[at + 1] == byte {
                        field.append(byte)
                        at += 1
                    } else {
                        isQuoted = false
                    }
                } else {
                    field.append(byte)
                }
            } else if byte == UInt8(ascii: "\""), field.allSatisfy({ $0 == 0x20 }) {
                isQuoted = true
                field = []
            } else if byte == mark {
                take()
            } else if byte == 0x0A {
                if !row.isEmpty || !field.isEmpty {
                    take()
                    rows.append(row)
                    row = []
                }
            } else {
                field.append(byte)
            }
            at += 1
        }
        if !row.isEmpty || !field.isEmpty {
            take()
            rows.append(row)
        }
        return rows
    }
}
