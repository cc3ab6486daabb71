// SPDX-License-Identifier: Apache-2.0

/// An option as programs list them: `-a`, `+b FILE`, `--all=VALUE`, `/V`, several of them with commas between.
enum RSTOption {
    /// Where the options end that a line begins with: at its end, or before two spaces and a description.
    static func end(in line: Line) -> Int? {
        guard let first = line.first, "-+/".utf8.contains(first) else { return nil }
        var at = line.startIndex
        while true {
            guard let end = single(line, at) else { return nil }
            at = end
            guard line[at...].hasPrefix(", ") else { break }
            at += 2
        }
        let rest = line[at...]
        return rest.isBlank || rest.hasPrefix("  ") ? at : nil
    }

    private static func single(_ line: Line, _ start: Int) -> Int? {
        let rest = line[start...]
        let isLong = rest.hasPrefix("--") || rest.hasPrefix("/")
        guard isLong || rest.hasPrefix("-") || rest.hasPrefix("+") else { return nil }
        var at = start + (rest.hasPrefix("--") ? 2 : 1)
        guard at < line.endIndex, isAlphanumeric(line[at]) else { return nil }
        at += 1
        if isLong { while at < line.endIndex, isName(line[at]) { at += 1 } }
        guard at < line.endIndex else { return at }
        // Short options may stand right before their argument.
        let isParted = line[at] == 0x20 || isLong && line[at] == UInt8(ascii: "=")
        return argument(line, isParted ? at + 1 : at, isAllowed: isParted || !isLong) ?? at
    }

    private static func argument(_ line: Line, _ start: Int, isAllowed: Bool) -> Int? {
        guard isAllowed, start < line.endIndex else { return nil }
        if line[start] == UInt8(ascii: "<") { return line[start...].prefix(200).firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } }
        guard Letters.isLetter(line[start]) else { return nil }
        return line[start...].firstIndex { !isName($0) } ?? line.endIndex
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { Letters.isLetter(byte) || Letters.isDigit(byte) }
    private static func isName(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") }
}
