// SPDX-License-Identifier: Apache-2.0

/// One connected outline of a path, by its corners (ECMA-388, 11.2.3); of a curve, its end.
struct XPSFigure {
    private(set) var points: [(x: Float, y: Float)] = []
    private static let most = 20_000

    /// The figures of the abbreviated syntax: `M 10,10 L 20,10 H 30 V 40 z`.
    static func read(_ data: String) -> [XPSFigure] {
        var figures: [XPSFigure] = []
        var current = XPSFigure()
        var pen: (x: Float, y: Float) = (0, 0)
        var command: Character = "M"
        var numbers: [Float] = []
        var count = 0

        func take() {
            let isRelative = command.isLowercase
            let needed = switch command.lowercased() {
            case "m", "l": 2
            case "h", "v": 1
            case "q", "s": 4
            case "c": 6
            case "a": 7
            default: 0
            }
            guard needed > 0, numbers.count >= needed else { return }
            var at = 0
            while at + needed <= numbers.count, count < most {
                let step = numbers[at..<(at + needed)]
                let (x, y) = (step[step.endIndex - min(2, needed)], step[step.endIndex - 1])
                switch command.lowercased() {
                case "h": pen.x = isRelative ? pen.x + y : y
                case "v": pen.y = isRelative ? pen.y + y : y
                default: pen = isRelative ? (pen.x + x, pen.y + y) : (x, y)
                }
                if command.lowercased() == "m", at == 0 {
                    if current.points.count > 1 { figures.append(current) }
                    current = XPSFigure()
                }
                current.points.append(pen)
                count += 1
                at += needed
            }
        }

        var word: [UInt8] = []
        func endWord() {
            if !word.isEmpty, let number = Float(String(decoding: word, as: UTF8.self)) { numbers.append(number) }
            word = []
        }
        for byte in data.utf8 {
            let letter = byte | 0x20
            if letter >= 0x61, letter <= 0x7A, letter != UInt8(ascii: "e") {
                endWord()
                take()
                numbers = []
                command = Character(Unicode.Scalar(byte))
                if letter == UInt8(ascii: "z"), let first = current.points.first {
                    current.points.append(first)
                    pen = first
                }
            } else if byte <= 0x20 || byte == UInt8(ascii: ",") {
                endWord()
            } else if byte == UInt8(ascii: "-"), let last = word.last, last | 0x20 != UInt8(ascii: "e") {
                endWord()
                word.append(byte)
            } else if word.count < 40 {
                word.append(byte)
            }
        }
        endWord()
        take()
        if current.points.count > 1 { figures.append(current) }
        return figures
    }
}

/// The glyphs of a run, by the place of their character: which one, and how far it moves the pen in hundredths of an em
/// (ECMA-388, 12.1.3).
struct XPSIndices {
    struct Entry {
        var glyph: Int?
        var advance: Float?
    }

    private var entries: [Entry] = []

    init(_ text: String) {
        guard !text.isEmpty else { return }
        for piece in text.split(separator: ";", omittingEmptySubsequences: false).prefix(100_000) {
            var rest = piece
            var characters = 1
            if rest.first == "(", let close = rest.firstIndex(of: ")") {
                let counts = rest[..<close].dropFirst().split(separator: ":")
                characters = counts.first.flatMap { Int($0) } ?? 1
                rest = rest[close...].dropFirst()
            }
            let fields = rest.split(separator: ",", omittingEmptySubsequences: false)
            let advance = fields.count > 1 ? Float(fields[1]).flatMap { $0.isFinite && abs($0) < 100_000 ? $0 : nil } : nil
            let entry = Entry(glyph: fields.first.flatMap { Int($0) }.flatMap { (0...65_535).contains($0) ? $0 : nil }, advance: advance)
            entries.append(entry)
            // Characters that share a glyph stand where it stands.
            for _ in 0..<max(0, min(characters, 100) - 1) { entries.append(Entry(glyph: nil, advance: 0)) }
        }
    }

    subscript(index: Int) -> Entry? { index < entries.count ? entries[index] : nil }
}
