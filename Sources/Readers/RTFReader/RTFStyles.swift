// SPDX-License-Identifier: Apache-2.0

/// The style sheet: what a style's name, or the one it is based on, says of its paragraphs.
struct RTFStyles {
    enum Role: Equatable {
        case title, code, quote
        case heading(Int)
    }

    private struct Style {
        var name = ""
        var base: Int?
        var outline: Int?
        var isCharacter = false
    }

    private var styles: [Int: Style] = [:]
    private var characters: [Int: Style] = [:]
    private var resolved: [Int: Role?] = [:]
    private var number = 0
    private var current = Style()
    private static let most = 10_000

    /// A style without a number is style 0.
    mutating func begin() {
        number = 0
        current = Style()
    }

    mutating func word(_ word: RTFWord, _ parameter: Int?) {
        switch word {
        case .s: number = parameter ?? 0
        case .cs:
            number = parameter ?? 0
            current.isCharacter = true
        case .sbasedon: current.base = parameter
        case .outlinelevel: current.outline = parameter
        default: break
        }
    }

    mutating func name(_ text: String) {
        guard current.name.utf8.count < 200 else { return }
        current.name += text
        guard let end = current.name.firstIndex(of: ";") else { return }
        current.name = String(current.name[..<end]).trimmed.lowercased()
        if current.isCharacter, characters.count < Self.most { characters[number] = current } else if styles.count < Self.most { styles[number] = current }
        current = Style()
    }

    func isCode(character number: Int) -> Bool { characters[number].map { Self.codeNames.contains($0.name) } ?? false }

    mutating func role(_ number: Int) -> Role? {
        if let known = resolved[number] { return known }
        var role: Role?
        var outline: Int?
        var next: Int? = number
        for _ in 0..<20 {
            guard role == nil, let here = next, let style = styles[here] else { break }
            role = Self.role(style.name)
            outline = outline ?? style.outline
            next = style.base == here ? nil : style.base
        }
        if role == nil, let outline, (0..<9).contains(outline) { role = .heading(outline + 1) }
        resolved[number] = .some(role)
        return role
    }

    private static func role(_ name: String) -> Role? {
        if name.hasPrefix("heading "), let level = Int(name.dropFirst(8)), (1...9).contains(level) { return .heading(level) }
        if name == "title" { return .title }
        if codeNames.contains(name) { return .code }
        return ["quote", "intense quote", "block text", "block quote", "blockquote", "quotations"].contains(name) ? .quote : nil
    }

    private static let codeNames: Set<String> = [
        "source code", "html preformatted", "preformatted text", "html code", "code", "verbatim char", "html typewriter", "macro text", "code block", "source text",
    ]
}
