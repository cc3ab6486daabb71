// SPDX-License-Identifier: Apache-2.0

/// Breaks a rendered line of Markdown at spaces, but never within code, links, formulas or tags.
enum MarkdownWrap {
    /// `width` counts characters; below 20 the line stays whole, as nothing good would come of it.
    static func lines(_ line: ArraySlice<UInt8>, width: Int, _ take: (ArraySlice<UInt8>) -> Void) {
        guard width >= 20, line.count > width else { return take(line) }
        // Two spaces at the end are a line break and stay.
        let end = line.trimmed.endIndex
        var scan = MarkdownWrapScan(line: line[..<end])
        var start = line.startIndex
        var place: Int?
        // Characters before the scan, before the line's start and before the place where it may end.
        var (count, startCount, placeCount) = (0, 0, 0)
        func breakIfLong() {
            guard count - startCount > width, let found = place else { return }
            take(line[start..<found].trimmed)
            start = found + 1
            startCount = placeCount + 1
        }
        while scan.at < end {
            let at = scan.at
            if scan.step(), line[at] == 0x20, isFit(line[(at + 1)..<end]) {
                breakIfLong()
                place = at
                placeCount = count
            }
            if line[at] & 0xC0 != 0x80 { count += 1 }
        }
        breakIfLong()
        take(line[start...])
    }

    /// Whether a line may begin with this: nothing that would begin a block there.
    private static func isFit(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first, !ASCII.isSpace(first), first != UInt8(ascii: "|"), first != UInt8(ascii: "<") else { return false }
        return MarkdownLine.escape(in: rest.prefix { $0 != 0x20 } + [0x20], isFirst: false) == nil && first != UInt8(ascii: "=") && first != UInt8(ascii: ":")
    }
}

/// Walks over a line and knows what it is in.
private struct MarkdownWrapScan {
    let line: ArraySlice<UInt8>
    private(set) var at: Int
    /// The end of code, a formula, an address or a tag that began.
    private var within = 0
    private var brackets = 0

    init(line: ArraySlice<UInt8>) {
        self.line = line
        at = line.startIndex
    }

    /// Moves on; whether the byte before lay outside of anything that must stay whole.
    mutating func step() -> Bool {
        defer { at += 1 }
        guard at >= within else { return false }
        switch line[at] {
        case UInt8(ascii: "\\"): within = at + 2
        case UInt8(ascii: "`"):
            let run = line[at...].prefix { $0 == UInt8(ascii: "`") }
            within = close(run, from: run.endIndex) ?? run.endIndex
        case UInt8(ascii: "$"): within = line[(at + 1)...].firstIndex(of: UInt8(ascii: "$")).map { $0 + 1 } ?? at + 1
        case UInt8(ascii: "["): brackets += 1
        case UInt8(ascii: "]"):
            brackets = max(0, brackets - 1)
            if at + 1 < line.endIndex, line[at + 1] == UInt8(ascii: "(") { within = (line[at...].firstIndex(of: UInt8(ascii: ")")) ?? line.endIndex - 1) + 1 }
        case UInt8(ascii: "<"):
            if at + 1 < line.endIndex, ASCII.isLetter(line[at + 1]) || line[at + 1] == UInt8(ascii: "/") { within = line[at...].prefix(2_048).firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? at + 1 }
        default: break
        }
        return brackets == 0 && at >= within
    }

    private func close(_ run: ArraySlice<UInt8>, from start: Int) -> Int? {
        var place = start
        while let next = line[place...].firstIndex(of: UInt8(ascii: "`")) {
            let other = line[next...].prefix { $0 == UInt8(ascii: "`") }
            if other.count == run.count { return other.endIndex }
            place = other.endIndex
        }
        return nil
    }
}
