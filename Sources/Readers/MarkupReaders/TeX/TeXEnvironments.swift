// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

// What each environment gives.

extension TeXWalk {
    func environment(_ name: String, _ scan: inout TeXScan, _ depth: Int) {
        let bare = name.last == "*" ? String(name.dropLast()) : name
        switch bare {
        case "verbatim", "Verbatim", "alltt", "lstlisting", "minted", "verbatimtab": code(name, bare, &scan)
        case "Highlighting":
            while scan.option() != nil {}
            append(.code(Self.lines(Self.withoutCommands(scan.verbatim(of: name), depth: 0)).text, language: nil))
        case "comment", "filecontents": _ = scan.verbatim(of: name)
        case "tikzpicture", "pgfpicture", "picture", "axis", "pspicture", "asy", "forest":
            _ = scan.body(of: name)
            diagnostics.report("drawing-dropped", "drawings were left out")
        case "equation", "displaymath", "math": display(scan.body(of: name))
        case "align", "gather", "multline", "eqnarray", "flalign", "alignat", "dmath":
            if bare == "alignat" { _ = scan.group() }
            let inside = bare == "gather" || bare == "multline" || bare == "dmath" ? "gathered" : "aligned"
            let body = math(scan.body(of: name))
            if !body.isEmpty { append(.math("\\begin{\(inside)}\n\(body)\n\\end{\(inside)}")) }
        case "itemize", "enumerate", "description", "compactitem", "compactenum", "thebibliography", "list", "labeling": list(bare, name, &scan, depth)
        case "tabular", "tabularx", "tabulary", "longtable", "tabu", "supertabular", "xltabular", "longtabu", "tblr": table(bare, name, &scan, depth)
        case "figure", "wrapfigure", "SCfigure", "subfigure", "marginfigure", "table", "wraptable", "sidewaystable", "sidewaysfigure", "algorithm": float(name, bare, &scan, depth)
        case "quote", "quotation", "displayquote", "verse":
            flush()
            append(.quote(inner(scan.body(of: name), depth: depth)))
        case "abstract":
            flush()
            append(.heading(level: title.isEmpty ? 1 : 2, [.text(Label.abstract.text(in: labels))]))
            blocks += inner(scan.body(of: name), depth: depth)
        case "theorem", "lemma", "definition", "corollary", "proposition", "proof", "remark", "example", "thm", "lem", "defn", "cor", "prop", "claim", "exercise", "solution", "conjecture", "note":
            theorem(name, bare, &scan, depth)
        case "frame":
            _ = scan.option()
            flush()
            if scan.peek == UInt8(ascii: "{") { append(.heading(level: 2, inline(scan.group(), depth: depth))) }
            blocks += inner(scan.body(of: name), depth: depth)
        default:
            // Layout: options and widths are no text.
            while scan.option() != nil {}
            if ["minipage", "multicols", "adjustbox", "spacing", "column", "columns", "tcolorbox", "appendices", "adjustwidth", "subequations", "otherlanguage", "block"].contains(bare), scan.peek == UInt8(ascii: "{") {
                let argument = scan.group()
                if bare == "block" { append(.paragraph([.strong(inline(argument, depth: depth))])) }
                if bare == "adjustwidth" { _ = scan.group() }
            }
            flush()
            let body = scan.body(of: name)
            blocks += inner(body, depth: depth)
        }
    }

    private func code(_ name: String, _ bare: String, _ scan: inout TeXScan) {
        var language: String?
        let options = scan.option()
        if let options, let place = options.first("language=") {
            let value = options[(place + 9)...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "]") }
            language = value.drop { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }.prefix { Letters.isWord($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }.text.lowercased()
        }
        if bare == "minted" { language = scan.group().text }
        append(.code(Self.lines(scan.verbatim(of: name)).text, language: language))
    }

    /// A verbatim body without the line ends behind its beginning and before its end.
    private static func lines(_ body: Line) -> Line {
        let start = body.first == 0x0A ? body.dropFirst() : body
        return start.last == 0x0A ? start.dropLast() : start
    }

    /// Program text in which `\\`, `{` and `}` keep their meaning, as highlighters write it: arguments stay, commands go.
    private static func withoutCommands(_ text: Line, depth: Int) -> Line {
        guard depth < deepest else { return text }
        var scan = TeXScan(text)
        var out: [UInt8] = []
        while let byte = scan.peek {
            guard byte == UInt8(ascii: "\\") else {
                if byte != UInt8(ascii: "{"), byte != UInt8(ascii: "}") { out.append(byte) }
                scan.at += 1
                continue
            }
            let name = scan.name()
            if let symbol = TeXCharacters.symbol(name) {
                out += symbol.utf8
                if scan.rest.hasPrefix("{}") { scan.at += 2 }
            } else if let first = name.utf8.first, !Letters.isLetter(first) {
                out.append(first)
            } else if scan.peek == UInt8(ascii: "{") {
                out += withoutCommands(scan.group(), depth: depth + 1)
            }
        }
        return out[...]
    }

    private func list(_ bare: String, _ name: String, _ scan: inout TeXScan, _ depth: Int) {
        while scan.option() != nil {}
        if bare == "thebibliography" || bare == "labeling" { _ = scan.group() }
        if bare == "list" {
            _ = scan.group()
            _ = scan.group()
        }
        let body = scan.body(of: name)
        let pieces = TeXScan.pieces(body) { scan in
            guard scan.rest.hasPrefix("\\item") || scan.rest.hasPrefix("\\bibitem") else { return false }
            let end = scan.at + (scan.rest.hasPrefix("\\item") ? 5 : 8)
            guard end >= scan.text.endIndex || !Letters.isLetter(scan.text[end]) else { return false }
            scan.at = end
            return true
        }
        flush()
        var items: [ListItem] = []
        var definitions: [Definition] = []
        for piece in pieces.dropFirst() {
            var inside = TeXScan(piece)
            let label = inside.option()
            if bare == "thebibliography" { _ = inside.group() }
            let content = inner(inside.rest, depth: depth)
            if bare == "description" || bare == "labeling" {
                definitions.append(Definition(term: label.map { inline($0, depth: depth) } ?? [], descriptions: content.isEmpty ? [] : [content]))
            } else if let label, !label.isBlank, bare != "thebibliography" {
                items.append(ListItem([.paragraph(inline(label, depth: depth) + [.text(" ")] + (content.first.map { if case .paragraph(let text) = $0 { text } else { [] } } ?? []))]
                    + (content.first.map { if case .paragraph = $0 { Array(content.dropFirst()) } else { content } } ?? [])))
            } else {
                items.append(ListItem(content))
            }
        }
        if !definitions.isEmpty { append(.definitions(definitions)) }
        if !items.isEmpty { append(.list(List(bare.contains("enum") || bare == "thebibliography" ? .ordered(start: 1) : .bullet, items: items))) }
    }

    /// A picture or a table with its caption.
    private func float(_ name: String, _ bare: String, _ scan: inout TeXScan, _ depth: Int) {
        _ = scan.option()
        if bare.hasPrefix("wrap") || bare == "subfigure" {
            _ = scan.group()
            if bare.hasPrefix("wrap"), scan.peek == UInt8(ascii: "{") { _ = scan.group() }
        }
        let body = scan.body(of: name)
        var caption: [Inline] = []
        // The caption is taken out, and the rest run as it is.
        var rest: [UInt8] = []
        let pieces = TeXScan.pieces(body) { scan in
            guard scan.rest.hasPrefix("\\caption"), scan.rest.dropFirst(8).first.map({ !Letters.isLetter($0) }) ?? false else { return false }
            scan.at += 8
            return true
        }
        for (index, piece) in pieces.enumerated() {
            guard index > 0 else { rest += piece; continue }
            var inside = TeXScan(piece)
            if inside.peek == UInt8(ascii: "*") { inside.at += 1 }
            _ = inside.option()
            caption += (caption.isEmpty ? [] : [.text(" ")]) + inline(inside.group(), depth: depth)
            rest += inside.rest
        }
        flush()
        var content = inner(rest[...], depth: depth)
        if let place = content.firstIndex(where: { if case .table = $0 { true } else { false } }), case .table(var table) = content[place] {
            table.head.caption = caption
            content[place] = .table(table)
            blocks += content
        } else {
            append(.figure(content, caption: caption))
        }
    }

    /// What amsthm's usual environments are called.
    private static let statements: [String: Label] = [
        "theorem": .theorem, "thm": .theorem, "lemma": .lemma, "lem": .lemma, "definition": .definition, "defn": .definition, "corollary": .corollary,
        "cor": .corollary, "proposition": .proposition, "prop": .proposition, "proof": .proof, "remark": .remark, "example": .example,
        "claim": .claim, "exercise": .exercise, "solution": .solution, "conjecture": .conjecture, "note": .note,
    ]

    private func theorem(_ name: String, _ bare: String, _ scan: inout TeXScan, _ depth: Int) {
        let title = Self.statements[bare]?.text(in: labels) ?? bare.prefix(1).uppercased() + bare.dropFirst()
        let option = scan.option()
        flush()
        var content = inner(scan.body(of: name), depth: depth)
        var lead: [Inline] = [.strong([.text(title)])]
        if let option { lead += [.text(" (")] + inline(option, depth: depth) + [.text(")")] }
        lead.append(.text(". "))
        if case .paragraph(let first) = content.first { content[0] = .paragraph(lead + first) } else { content.insert(.paragraph(lead), at: 0) }
        blocks += content
    }
}
