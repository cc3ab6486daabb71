// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import TextDecoding

/// The font table: which fonts are of one width, which are of symbols, and in which charset their text is.
struct RTFFonts {
    struct Font {
        var name = ""
        var codePage: CodePage?
        var isSymbol = false
        var isMonospaced = false
    }

    private var places: [Int: Int] = [:]
    private var fonts: [Font] = []
    private var number = 0
    private var current = Font()
    private static let most = 10_000

    /// Where a font's number is in the table; -1 for those it does not have.
    func place(_ number: Int) -> Int { places[number] ?? -1 }

    /// The font's number for text that names none.
    var standard = -1

    private func font(_ place: Int) -> Int? { place >= 0 ? place : places[standard] }

    func isSymbol(_ place: Int) -> Bool { font(place).map { fonts[$0].isSymbol } ?? false }
    func isMonospaced(_ place: Int) -> Bool { font(place).map { fonts[$0].isMonospaced } ?? false }
    func codePage(_ place: Int) -> CodePage? { font(place).flatMap { fonts[$0].codePage } }
    func name(_ place: Int) -> String { font(place).map { fonts[$0].name } ?? "" }

    mutating func begin(_ number: Int) {
        self.number = number
        current = Font()
    }

    mutating func word(_ word: RTFWord, _ parameter: Int?) {
        switch word {
        case .fcharset:
            current.isSymbol = parameter == 2
            // 1 is the default charset: the document's.
            if let parameter, parameter != 1 { current.codePage = CodePage(fontCharset: parameter) ?? current.codePage }
        case .cpg: current.codePage = parameter.map { CodePage($0) }
        default: break
        }
    }

    mutating func name(_ text: String) {
        guard current.name.utf8.count < 200 else { return }
        current.name += text
        guard let end = current.name.firstIndex(of: ";") else { return }
        current.name = String(current.name[..<end]).trimmed
        let name = current.name.lowercased()
        // Some writers leave the charset out.
        if !current.isSymbol { current.isSymbol = name == "symbol" || name.hasPrefix("wingdings") || name == "webdings" }
        current.isMonospaced = MonospacedFont.matches(name)
        if fonts.count < Self.most {
            places[number] = fonts.count
            fonts.append(current)
        }
        current = Font()
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[start...last])
    }
}
