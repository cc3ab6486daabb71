// SPDX-License-Identifier: Apache-2.0

/// What one line of reStructuredText looks like.
enum RSTLine {
    static func expanded(_ line: Line) -> Line {
        var out: [UInt8] = []
        for byte in line {
            if byte == 0x09 { repeat { out.append(0x20) } while out.count % 8 != 0 } else { out.append(byte) }
        }
        return out[...]
    }

    /// A line of one punctuation mark, as under headings: the mark, and how many.
    static func adornment(_ line: Line) -> (mark: UInt8, count: Int)? {
        let text = line.trimmed
        guard let mark = text.first, line.first == mark, Letters.isPunctuation(mark), text.allSatisfy({ $0 == mark }) else { return nil }
        return (mark, text.count)
    }

    /// Characters, so that underlines can be compared.
    static func width(_ line: Line) -> Int { line.trimmed.count { $0 & 0xC0 != 0x80 } }
}
