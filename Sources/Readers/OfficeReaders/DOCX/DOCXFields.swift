// SPDX-License-Identifier: Apache-2.0

/// The fields that are open at a point of the text (17.16): instruction first, result after the separator.
struct DOCXFields {
    private struct Field {
        var instruction = ""
        var isResult = false
        var link: String?
        var isDropped = false
    }

    private var stack: [Field] = []

    /// Text here is an instruction or a result nobody wants.
    var isHidden: Bool { stack.contains { !$0.isResult || $0.isDropped } }
    var isOpen: Bool { !stack.isEmpty }
    var link: String? { stack.last { $0.link != nil }?.link }

    mutating func begin() { if stack.count < 64 { stack.append(Field()) } }

    mutating func instruct(_ text: String) {
        guard let top = stack.indices.last, !stack[top].isResult, stack[top].instruction.utf8.count < 10_000 else { return }
        stack[top].instruction += text
    }

    mutating func separate() {
        guard let top = stack.indices.last else { return }
        stack[top].isResult = true
        stack[top].link = Self.link(stack[top].instruction)
        stack[top].isDropped = Self.isPageNumber(stack[top].instruction)
    }

    mutating func end() { _ = stack.popLast() }

    /// `HYPERLINK "address" \l "anchor"`, and `REF bookmark \h`.
    static func link(_ instruction: String) -> String? {
        let words = words(instruction)
        if words.count > 2, words[0].uppercased() == "REF", words.contains("\\h") { return "#" + words[1] }
        guard words.first?.uppercased() == "HYPERLINK" else { return nil }
        var address = "", anchor = ""
        var at = 1
        while at < words.count {
            switch words[at].lowercased() {
            case "\\l":
                at += 1
                if at < words.count { anchor = words[at] }
            case "\\o", "\\t": at += 1
            case "\\n", "\\m", "\\h": break
            default: if address.isEmpty { address = words[at] }
            }
            at += 1
        }
        let whole = anchor.isEmpty ? address : address + "#" + anchor
        return whole.isEmpty ? nil : whole
    }

    static func isPageNumber(_ instruction: String) -> Bool {
        ["PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"].contains(words(instruction).first?.uppercased() ?? "")
    }

    /// Words, and quoted words without their quotes.
    private static func words(_ text: String) -> [String] {
        var out: [String] = [], word = "", isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
                if !isQuoted { out.append(word); word = "" }
            } else if character.isWhitespace && !isQuoted {
                if !word.isEmpty { out.append(word); word = "" }
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { out.append(word) }
        return out
    }
}
