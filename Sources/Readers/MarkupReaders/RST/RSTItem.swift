// SPDX-License-Identifier: Apache-2.0

/// The mark that begins an item of a list (Docutils, "Bullet Lists" and "Enumerated Lists").
struct RSTItem {
    private enum Counting: CaseIterable { case arabic, lowerLetter, upperLetter, lowerRoman, upperRoman }

    private enum Form: Equatable { case bullet(Line), period, parenthesis, parentheses }

    /// Of bullets 1.
    let number: Int
    /// The column where the text begins.
    let content: Int
    private let form: Form
    /// nil where the author leaves counting to the program.
    private let counting: Counting?

    var isBullet: Bool { if case .bullet = form { true } else { false } }

    /// A list's first item.
    init?(_ line: Line) { self.init(line, expecting: nil) }

    /// The item that follows `last` in one list: of its form, and the next number.
    init?(_ line: Line, after last: RSTItem) {
        self.init(line, expecting: last.counting)
        guard form == last.form, isBullet || counting == last.counting && (counting == nil || number == last.number + 1) else { return nil }
    }

    private init?(_ line: Line, expecting expected: Counting?) {
        guard let first = line.first else { return nil }
        let isSpecial = line.hasPrefix("•") || line.hasPrefix("‣") || line.hasPrefix("⁃")
        if isSpecial || first == UInt8(ascii: "*") || first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            let mark = isSpecial ? 3 : 1
            guard line.count == mark || line[line.startIndex + mark] == 0x20 else { return nil }
            (number, counting, form, content) = (1, nil, .bullet(line.prefix(mark)), Self.content(line, mark))
            return
        }
        let isParenthesized = first == UInt8(ascii: "(")
        let word = line.dropFirst(isParenthesized ? 1 : 0).prefix { Letters.isDigit($0) || Letters.isLetter($0) || $0 == UInt8(ascii: "#") }
        guard !word.isEmpty, word.count <= 15, word.endIndex < line.endIndex else { return nil }
        let mark = line[word.endIndex]
        guard mark == UInt8(ascii: ")") || mark == UInt8(ascii: ".") && !isParenthesized, word.endIndex + 1 == line.endIndex || line[word.endIndex + 1] == 0x20 else { return nil }
        if word.equals("#") {
            (number, counting) = (1, nil)
        } else {
            guard let found = Self.found(word, expected) else { return nil }
            (number, counting) = found
        }
        form = isParenthesized ? .parentheses : mark == UInt8(ascii: ".") ? .period : .parenthesis
        content = Self.content(line, word.endIndex + 1 - line.startIndex)
    }

    private static func content(_ line: Line, _ mark: Int) -> Int {
        mark + max(1, line.dropFirst(mark).prefix { $0 == 0x20 }.count)
    }

    /// A single `i` begins Roman numbers; any other letter, letters.
    private static func found(_ word: Line, _ expected: Counting?) -> (Int, Counting)? {
        let usual: Counting? = word.equals("i") ? .lowerRoman : word.equals("I") ? .upperRoman : nil
        for counting in [expected, usual].compactMap({ $0 }) + Counting.allCases {
            if let number = value(word, counting) { return (number, counting) }
        }
        return nil
    }

    private static func value(_ word: Line, _ counting: Counting) -> Int? {
        let isUpper = counting == .upperLetter || counting == .upperRoman
        switch counting {
        case .arabic: return word.count <= 9 && word.allSatisfy(Letters.isDigit) ? Int(word.text) : nil
        case .lowerLetter, .upperLetter:
            guard word.count == 1, let letter = word.first, Letters.isLetter(letter), (letter < 0x60) == isUpper else { return nil }
            return Int(letter | 0x20) - 0x60
        case .lowerRoman, .upperRoman:
            guard word.allSatisfy({ Letters.isLetter($0) && ($0 < 0x60) == isUpper }) else { return nil }
            return roman(word.map { $0 | 0x20 })
        }
    }

    /// nil for letters that no number is written with, such as `lcd`.
    private static func roman(_ letters: [UInt8]) -> Int? {
        let steps: [(Int, StaticString)] = [
            (1_000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ]
        var rest = letters[...]
        var number = 0
        for (value, mark) in steps {
            var times = 0
            // Only letters of ones and tens repeat, and three times at most.
            while rest.hasPrefix(mark), times < (mark.utf8CodeUnitCount == 1 && "mcxi".utf8.contains(mark.utf8Start.pointee) ? 3 : 1) {
                rest = rest.dropFirst(mark.utf8CodeUnitCount)
                number += value
                times += 1
            }
        }
        return rest.isEmpty && number > 0 ? number : nil
    }
}
