// SPDX-License-Identifier: Apache-2.0

/// Markdown within a line: one pass, with a short memory of what is open.
struct InlineView {
    private enum Mark: Equatable { case strong, emphasis, struck, bracket, picture, element(String) }
    private struct Open {
        var mark: Mark
        /// The piece to be replaced when it closes; until then it is its own characters.
        var piece: Int
        /// Where the text within begins.
        var start: Int
    }
    /// HTML that our own Markdown holds where Markdown has no word for it.
    private static let elements: Set = ["strong", "em", "del", "sup", "sub"]

    private var pieces: [Markup] = []
    private var open: [Open] = []
    private var plain = ""
    private let pictures: Pictures
    /// Up to here nothing closes a run of so many backticks, or a link's target: no need to look again.
    private var noCode: [Int: Int] = [:]
    private var noTarget = 0

    static func render(_ text: Substring, _ pictures: Pictures) -> Markup {
        var view = InlineView(pictures: pictures)
        view.run(Array(text))
        return view.pieces.reduce(into: "") { $0 += $1 }
    }

    private init(pictures: Pictures) { self.pictures = pictures }

    private mutating func run(_ text: [Character]) {
        var place = 0
        while place < text.count {
            let character = text[place], next = place + 1 < text.count ? text[place + 1] : nil
            switch character {
            case "\\":
                if let next, next.isASCII, next.isPunctuation || next.isSymbol {
                    plain.append(next)
                    place += 2
                } else {
                    if next == "\n" { piece("<br>") } else { plain.append("\\") }
                    place += 1
                }
            case "`": place = code(text, place)
            case "*" where next == "*", "~" where next == "~":
                turn(character == "*" ? .strong : .struck, [character, character], isOpening: place + 2 < text.count && !text[place + 2].isWhitespace, at: place + 2)
                place += 2
            case "*": place = emphasis(text, place)
            case "_" where !(place > 0 && (text[place - 1].isLetter || text[place - 1].isNumber) && (next?.isLetter ?? false)): place = emphasis(text, place)
            case "!" where next == "[":
                begin(.picture, "![", at: place + 2)
                place += 2
            case "[":
                begin(.bracket, "[", at: place + 1)
                place += 1
            case "]": place = link(text, place)
            case "<": place = angle(text, place)
            case "&": place = reference(text, place)
            case "\n":
                if plain.hasSuffix("  ") { piece("<br>") } else { plain.append("\n") }
                place += 1
            default:
                plain.append(character)
                place += 1
            }
        }
        flush()
    }

    private mutating func flush() {
        guard !plain.isEmpty else { return }
        pieces.append(Markup(escaping: plain))
        plain = ""
    }

    private mutating func piece(_ markup: Markup) {
        flush()
        pieces.append(markup)
    }

    private mutating func begin(_ mark: Mark, _ characters: String, at start: Int) {
        flush()
        if open.count < 32 { open.append(Open(mark: mark, piece: pieces.count, start: start)) }
        pieces.append(Markup(escaping: characters))
    }

    private mutating func turn(_ mark: Mark, _ characters: [Character], isOpening: Bool, at start: Int) {
        if let at = open.lastIndex(where: { $0.mark == mark }) {
            flush()
            let (start, end): (Markup, Markup) = switch mark {
            case .strong: ("<strong>", "</strong>")
            case .struck: ("<s>", "</s>")
            case .emphasis, .bracket, .picture: ("<em>", "</em>")
            case .element(let name): ("<\(name)>", "</\(name)>")
            }
            pieces[open[at].piece] = start
            pieces.append(end)
            open.removeSubrange(at...)
        } else if isOpening {
            begin(mark, String(characters), at: start)
        } else {
            plain += String(characters)
        }
    }

    private mutating func emphasis(_ text: [Character], _ place: Int) -> Int {
        turn(.emphasis, [text[place]], isOpening: place + 1 < text.count && !text[place + 1].isWhitespace, at: place + 1)
        return place + 1
    }

    private mutating func code(_ text: [Character], _ place: Int) -> Int {
        var ticks = 0
        while place + ticks < text.count, text[place + ticks] == "`" { ticks += 1 }
        var end = place + ticks, run = 0
        // A closing run is looked for no further than a long line of code goes.
        let most = min(text.count, place + 4_000)
        while end < most, place >= noCode[ticks, default: 0] {
            run = text[end] == "`" ? run + 1 : 0
            end += 1
            if run == ticks, end >= text.count || text[end] != "`" {
                piece("<code>\(String(text[(place + ticks)..<(end - ticks)]))</code>")
                return end
            }
        }
        noCode[ticks] = max(most, noCode[ticks, default: 0])
        plain += String(repeating: "`", count: ticks)
        return place + ticks
    }

    private mutating func link(_ text: [Character], _ place: Int) -> Int {
        guard let at = open.lastIndex(where: { $0.mark == .bracket || $0.mark == .picture }) else {
            plain.append("]")
            return place + 1
        }
        let begun = open[at]
        open.removeSubrange(at...)
        flush()
        guard place + 1 < text.count, text[place + 1] == "(", let (target, end) = target(text, place + 2) else {
            plain.append("]")
            return place + 1
        }
        if begun.mark == .picture, let address = pictures.address(of: target) {
            pieces.removeSubrange(begun.piece...)
            pieces.append(HTMLView.picture(address, String(text[begun.start..<place].filter { $0 != "\\" })))
        } else if begun.mark == .picture {
            pieces[begun.piece] = #"<span class="picture">"#
            pieces.append("</span>")
        } else if Self.isHarmless(target) {
            pieces[begun.piece] = #"<a rel="noopener noreferrer nofollow" href="\#(target)">"#
            pieces.append("</a>")
        } else {
            pieces[begun.piece] = ""
        }
        return end
    }

    /// What stands in the parentheses, without a title, and the place behind them.
    private mutating func target(_ text: [Character], _ start: Int) -> (String, Int)? {
        guard start >= noTarget else { return nil }
        var depth = 1, place = start
        // A picture that stands in the text is longer than any address.
        let isInline = text[start...].starts(with: "data:image/")
        let most = isInline ? text.count : min(text.count, start + 4_000)
        while place < most {
            switch text[place] {
            case "(": depth += 1
            case ")":
                depth -= 1
                if depth == 0 {
                    let inner = String(text[start..<place]).split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
                    return (inner.hasPrefix("<") && inner.hasSuffix(">") ? String(inner.dropFirst().dropLast()) : inner, place + 1)
                }
            case "\n": return nil
            default: break
            }
            place += 1
        }
        noTarget = most
        return nil
    }

    /// Addresses that a click may open. Everything else could run something.
    static func isHarmless(_ address: String) -> Bool {
        let lowered = address.lowercased()
        return ["http://", "https://", "mailto:"].contains { lowered.hasPrefix($0) } && !address.unicodeScalars.contains { $0.value <= 0x20 }
    }

    /// The references that our own Markdown writes (CommonMark 2.5); any other is text.
    private mutating func reference(_ text: [Character], _ place: Int) -> Int {
        let name = String(text[(place + 1)..<min(text.count, place + 6)].prefix { $0 != ";" })
        guard let character = HTMLTokens.named[name], place + name.count + 1 < text.count, text[place + name.count + 1] == ";" else {
            plain.append("&")
            return place + 1
        }
        plain.append(character)
        return place + name.count + 2
    }

    /// `<br>`, `<https://…>`, `<a id="…"></a>` and a few elements are read; any other tag is text.
    private mutating func angle(_ text: [Character], _ place: Int) -> Int {
        // None of them holds another `<`: each character is looked at once.
        let rest = text[(place + 1)..<min(text.count, place + 2_000)].prefix { $0 != "<" && $0 != "\n" }
        guard let close = rest.firstIndex(of: ">") else {
            plain.append("<")
            return place + 1
        }
        let inner = String(text[(place + 1)..<close])
        if ["br", "br/", "br /"].contains(inner.lowercased()) {
            piece("<br>")
        } else if Self.isHarmless(inner) {
            piece(#"<a rel="noopener noreferrer nofollow" href="\#(inner)">\#(inner)</a>"#)
        } else if Self.elements.contains(inner) {
            begin(.element(inner), "<\(inner)>", at: close + 1)
        } else if inner.first == "/", Self.elements.contains(String(inner.dropFirst())) {
            turn(.element(String(inner.dropFirst())), Array("<\(inner)>"), isOpening: false, at: close + 1)
        } else if inner.hasPrefix("a id=\""), inner.hasSuffix("\""), text[(close + 1)...].starts(with: "</a>") {
            // A place that links of the document lead to: it shows nothing.
            return close + 5
        } else {
            plain.append("<")
            return place + 1
        }
        return close + 1
    }
}
