// SPDX-License-Identifier: Apache-2.0

/// What a field's instruction says (ECMA-376 part 1, 17.16): `HYPERLINK "address" \l "place"`.
struct FieldInstruction {
    private let words: [String]

    init(_ text: String) { words = Self.words(text) }

    var name: String { words.first?.uppercased() ?? "" }

    /// Its result is a number of a page, which means nothing without pages.
    var isPageNumber: Bool { ["PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"].contains(name) }

    var link: String? {
        guard name == "HYPERLINK" else { return nil }
        var address = "", place = ""
        var at = 1
        while at < words.count {
            switch words[at].lowercased() {
            case "\\l":
                at += 1
                if at < words.count { place = words[at] }
            case "\\o", "\\t": at += 1
            case "\\n", "\\m", "\\h": break
            default: if address.isEmpty { address = words[at] }
            }
            at += 1
        }
        // Places that Word itself made are not in the output.
        if place.hasPrefix("_") { place = "" }
        let whole = place.isEmpty ? address : address + "#" + place
        return whole.isEmpty ? nil : whole
    }

    /// Words, and quoted words without their quotes; a backslash protects a quote or another backslash.
    private static func words(_ text: String) -> [String] {
        var out: [String] = [], word = "", isQuoted = false, isProtected = false
        for character in text {
            if isProtected {
                if character != "\\", character != "\"" { word.append("\\") }
                word.append(character)
                isProtected = false
            } else if character == "\\", isQuoted {
                isProtected = true
            } else if character == "\"" {
                isQuoted.toggle()
                if !isQuoted {
                    out.append(word)
                    word = ""
                }
            } else if character.isWhitespace, !isQuoted {
                if !word.isEmpty { out.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { out.append(word) }
        return out
    }
}

/// The fields that are open at a point of the text: instruction first, result behind the separator.
struct FieldStack {
    private struct Field {
        var instruction = ""
        var isResult = false
        var link: String?
        var isDropped = false
    }

    private var open: [Field] = []
    private static let mostOpen = 64

    var isOpen: Bool { !open.isEmpty }
    /// Text here is an instruction, or a result nobody wants.
    private(set) var isHidden = false
    private(set) var link: String?
    /// The name of the innermost field, as far as it is known.
    var instruction: FieldInstruction? { open.last.map { FieldInstruction($0.instruction) } }

    mutating func begin() {
        if open.count < Self.mostOpen { open.append(Field()) }
        update()
    }

    mutating func instruct(_ text: String) {
        guard let top = open.indices.last, !open[top].isResult, open[top].instruction.utf8.count < 10_000 else { return }
        open[top].instruction += text
    }

    mutating func separate() {
        guard let top = open.indices.last, !open[top].isResult else { return }
        let instruction = FieldInstruction(open[top].instruction)
        open[top].isResult = true
        open[top].link = instruction.link
        open[top].isDropped = instruction.isPageNumber
        update()
    }

    mutating func end() {
        _ = open.popLast()
        update()
    }

    private mutating func update() {
        isHidden = open.contains { !$0.isResult || $0.isDropped }
        link = open.last { $0.link != nil }?.link
    }
}
