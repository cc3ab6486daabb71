// SPDX-License-Identifier: Apache-2.0

enum SubtitleTime {
    /// `00:00:01,000 --> 00:00:02.500 settings`.
    static func range(_ line: Line) -> (start: Int, end: Int)? {
        guard let arrow = line.prefix(40).first("-->") else { return nil }
        let rest = line[(arrow + 3)...].trimmed
        guard let start = milliseconds(line[..<arrow].trimmed), let end = milliseconds(rest.prefix { !Letters.isSpace($0) }) else { return nil }
        return (start, end)
    }

    /// `[hours:]minutes:seconds[.,]fraction`.
    private static func milliseconds(_ text: Line) -> Int? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        var total = 0
        for part in parts.dropLast() {
            guard part.count <= 4, let value = Int(part.text), value >= 0 else { return nil }
            total = total * 60 + value
        }
        let pieces = parts[parts.count - 1].split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard let first = pieces.first, first.count <= 2, let seconds = Int(first.text), seconds >= 0 else { return nil }
        var fraction = 0
        if pieces.count > 1 {
            let digits = pieces[1].prefix(3)
            guard let value = Int(digits.text), value >= 0 else { return nil }
            fraction = digits.count == 3 ? value : digits.count == 2 ? value * 10 : value * 100
        }
        return (total * 60 + seconds) * 1_000 + fraction
    }

    /// `00:01:05`.
    static func text(_ milliseconds: Int) -> String {
        let seconds = milliseconds / 1_000
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
