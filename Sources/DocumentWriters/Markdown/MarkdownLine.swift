// SPDX-License-Identifier: Apache-2.0

/// The start of a paragraph's line: what would be a marker of a block there is escaped.
enum MarkdownLine {
    /// The index in `line` where a backslash belongs, if anywhere (CommonMark 4 and 5).
    static func escape(in line: ArraySlice<UInt8>, isFirst: Bool) -> Int? {
        guard let first = line.first else { return nil }
        let start = line.startIndex
        if !isFirst, isTableRule(line) { return start }
        func follows(_ index: Int) -> Bool { index == line.endIndex || ASCII.isSpace(line[index]) }
        switch first {
        case UInt8(ascii: "#"):
            let end = line.firstIndex { $0 != first } ?? line.endIndex
            return end - start <= 6 && follows(end) ? start : nil
        case UInt8(ascii: ">"): return start
        case UInt8(ascii: "["):
            // `[label]:` would define a link, `[^label]:` a note (CommonMark 4.7); the colon's escape leaves a note's mark whole.
            var end = start + 1
            while end < line.endIndex, line[end] != UInt8(ascii: "]") { end += line[end] == UInt8(ascii: "\\") ? 2 : 1 }
            return end + 1 < line.endIndex && line[end + 1] == UInt8(ascii: ":") ? end + 1 : nil
        case UInt8(ascii: "+"): return follows(start + 1) ? start : nil
        case UInt8(ascii: "-"): return follows(start + 1) || isRule(line, first) ? start : nil
        case UInt8(ascii: "*"): return follows(start + 1) || isRule(line, first) ? start : nil
        case UInt8(ascii: "_"): return isRule(line, first) ? start : nil
        case UInt8(ascii: "="): return !isFirst && line.allSatisfy { $0 == first || $0 == 0x20 } ? start : nil
        case UInt8(ascii: "~"): return line.starts(with: "~~~".utf8) || line.starts(with: "~\\~\\~".utf8) ? start : nil
        case 0x30...0x39:
            let end = line.firstIndex { !ASCII.isDigit($0) } ?? line.endIndex
            guard end < line.endIndex, end - start <= 9, line[end] == UInt8(ascii: ".") || line[end] == UInt8(ascii: ")") else { return nil }
            return follows(end + 1) ? end : nil
        default: return nil
        }
    }

    /// What would make a table of this line and the one before it (GFM 4.10).
    private static func isTableRule(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { "|-: ".utf8.contains($0) } && line.contains(UInt8(ascii: "|")) && line.contains(UInt8(ascii: "-"))
    }

    private static func isRule(_ line: ArraySlice<UInt8>, _ mark: UInt8) -> Bool {
        line.allSatisfy { $0 == mark || ASCII.isSpace($0) } && line.filter { $0 == mark }.count >= (mark == UInt8(ascii: "-") ? 1 : 3)
    }
}
