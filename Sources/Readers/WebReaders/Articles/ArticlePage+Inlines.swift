// SPDX-License-Identifier: Apache-2.0
import XMLTree

// Links, notes, formulas and other parts of running text.
extension ArticlePage {
    mutating func emphasis(_ element: XMLElement) {
        switch element.plainAttribute("role") ?? element.plainAttribute("remap") ?? "" {
        case "strong", "bold", "B": same("strong", element)
        case "strikethrough": same("s", element)
        case "underline": same("u", element)
        default: same("em", element)
        }
    }

    mutating func link(_ link: XMLElement) {
        let isMail = link.localName == "email"
        let written = link.plainAttribute("href") ?? link.plainAttribute("url") ?? link.plainAttribute("linkend").map { "#" + $0 }
        let address = written ?? (isMail ? "mailto:" : "") + link.text.collapsed
        raw("<a href=\"")
        attribute(address)
        raw("\">")
        if link.hasText { content(of: link) } else { text(address) }
        raw("</a>")
    }

    /// To a note: its mark. To anything else: what the reference says, or what the place is called.
    mutating func reference(_ reference: XMLElement) {
        if vocabulary == .jats {
            let kind = reference.plainAttribute("ref-type")
            if kind == "fn" || kind == "table-fn", let id = reference.plainAttribute("rid") { return noteMark(id) }
            return content(of: reference)
        }
        guard let id = reference.plainAttribute("linkend") else { return content(of: reference) }
        raw("<a href=\"#")
        attribute(id)
        raw("\">")
        if reference.hasText {
            content(of: reference)
        } else {
            let end = reference.plainAttribute("endterm").flatMap { names[$0] }
            let name = end ?? names[id] ?? ""
            text(name.isEmpty ? id : name)
        }
        raw("</a>")
    }

    /// In running text its mark, the note itself behind the text; in a list of notes the note.
    mutating func note(_ note: XMLElement, in parent: XMLElement) {
        let id = note.plainAttribute("id")
        let isList = ["fn-group", "table-wrap-foot", "author-notes", "back", "notes"].contains(String(parent.localName))
        if isList {
            let isReferred = id.map { referredNotes.contains($0) } ?? false
            open("div", note)
            content(of: note) { isReferred && $0.localName == "label" }
            close("div")
        } else {
            let id = id ?? newNoteID()
            waitingNotes.append((id, note))
            noteMark(id)
        }
    }

    mutating func noteMark(_ id: String) {
        raw("<a class=\"footnote-ref\" href=\"#")
        attribute(id)
        raw("\">*</a>")
    }

    // MARK: Formulas

    mutating func displayed(_ formula: XMLElement) {
        let before = isDisplayed
        isDisplayed = true
        open("div", formula)
        content(of: formula) { $0.localName == "label" }
        isDisplayed = before
        let label = formula.firstOrEmpty(named: "label")
        if label.hasText {
            raw("<p>")
            content(of: label)
            raw("</p>")
        }
        close("div")
    }

    mutating func inlineFormula(_ formula: XMLElement) {
        let before = isDisplayed
        isDisplayed = false
        let alternative = formula.firstOrEmpty(named: "alt")
        if alternative.hasText, formula.below(["math", "mathphrase"]).isEmpty { self.formula(tex: alternative.text) } else { content(of: formula) }
        isDisplayed = before
    }

    /// MathML as it is, without prefixes.
    mutating func formula(copied math: XMLElement) {
        raw(isDisplayed || math.plainAttribute("display") == "block" ? "<math display=\"block\">" : "<math>")
        copy(math)
        raw("</math>")
    }

    private mutating func copy(_ element: XMLElement) {
        for piece in element.content {
            switch piece {
            case .text(let text): self.text(text)
            case .element(let child):
                let name = String(child.localName)
                guard !name.isEmpty, name.utf8.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == UInt8(ascii: "-") }) else { continue }
                raw("<" + name)
                for each in child.attributes where each.name.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) {
                    raw(" " + each.name + "=\"")
                    attribute(each.value)
                    raw("\"")
                }
                raw(">")
                copy(child)
                raw("</" + name + ">")
            }
        }
    }

    /// LaTeX, which JATS holds as a whole document with the formula in it.
    mutating func formula(tex written: String) {
        var latex = Substring(written)
        if let begin = latex.firstRange(of: "\\begin{document}") {
            latex = latex[begin.upperBound...]
            if let end = latex.firstRange(of: "\\end{document}") { latex = latex[..<end.lowerBound] }
        }
        var text = String(latex).collapsed
        for (open, close) in [("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")] where text.hasPrefix(open) && text.hasSuffix(close) && text.utf8.count > open.utf8.count * 2 {
            text = String(text.dropFirst(open.utf8.count).dropLast(close.utf8.count)).collapsed
        }
        raw(isDisplayed ? "<math display=\"block\">" : "<math>")
        raw("<semantics><annotation encoding=\"application/x-tex\">")
        self.text(text)
        raw("</annotation></semantics></math>")
    }

    // MARK: Small things

    mutating func joined(_ element: XMLElement, by mark: StaticString) {
        for (index, child) in element.children.enumerated() {
            if index > 0 { raw(mark) }
            if child.localName == "member" { content(of: child) } else { self.element(child, in: element) }
        }
    }

    mutating func fullName(_ name: XMLElement) {
        // A name as it is printed holds its own spaces.
        guard name.localName != "string-name" else { return content(of: name) }
        joined(name, by: " ")
    }

    mutating func manualPage(_ reference: XMLElement) {
        content(of: reference.firstOrEmpty(named: "refentrytitle"))
        let volume = reference.firstOrEmpty(named: "manvolnum").text.collapsed
        if !volume.isEmpty { text("(" + volume + ")") }
    }
}
