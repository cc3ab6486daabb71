// SPDX-License-Identifier: Apache-2.0
import DocumentTree

// What each command gives.

extension TeXWalk {
    func command(_ scan: inout TeXScan, _ depth: Int) {
        let start = scan.at
        if verb(&scan) { return }
        let name = scan.name()
        if expand(name, &scan, depth) { return }
        if let level = level(name) {
            _ = scan.option()
            let content = inline(scan.group(), depth: depth)
            if !content.isEmpty { append(.heading(level: level, content)) }
            return
        }
        if character(name, &scan, start) || style(name, &scan, depth) || reference(name, &scan, depth) || structure(name, &scan, depth) { return }
        if let count = Self.silent[name] {
            while scan.option() != nil {}
            for _ in 0..<count {
                _ = scan.group()
                while scan.option() != nil {}
            }
            return
        }
        // Of an unknown command its text stays: the braces behind it are a group like any other.
        _ = scan.option()
    }

    private func level(_ name: String) -> Int? {
        guard let depth = ["part": 0, "chapter": 0, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4, "subparagraph": 5][name] else { return nil }
        return depth + (hasChapters ? 1 : depth == 0 ? 1 : 0) + (title.isEmpty ? 0 : 1)
    }

    /// `\verb|…|` and `\lstinline|…|`.
    private func verb(_ scan: inout TeXScan) -> Bool {
        for name: StaticString in ["\\verb", "\\lstinline", "\\mintinline"] where scan.rest.hasPrefix(name) {
            var inside = TeXScan(scan.rest.dropFirst(name.utf8CodeUnitCount))
            if inside.peek == UInt8(ascii: "*") { inside.at += 1 }
            guard let first = inside.peek, !Letters.isLetter(first) else { return false }
            _ = inside.option()
            if "\(name)" == "\\mintinline" { _ = inside.group() }
            guard let mark = inside.peek else { return false }
            if mark == UInt8(ascii: "{") {
                add(.code(inside.group().text))
            } else {
                guard let end = inside.text[(inside.at + 1)...].firstIndex(where: { $0 == mark || $0 == 0x0A }), inside.text[end] == mark else { return false }
                add(.code(inside.text[(inside.at + 1)..<end].text))
                inside.at = end + 1
            }
            scan.at = inside.at
            return true
        }
        return false
    }

    private func character(_ name: String, _ scan: inout TeXScan, _ start: Int) -> Bool {
        switch name {
        case "\\":
            _ = scan.option()
            add(.lineBreak)
        case "newline", "linebreak": add(.lineBreak)
        case " ", ",", ";", ":", "\n", "quad", "qquad", "enspace", "thinspace", "hfill", "space", "hspace", "xspace", "/":
            if name == "hspace" { _ = scan.group() }
            if name != "/", name != "xspace" { add(byte: 0x20) }
        case "&", "%", "$", "#", "_", "{", "}": add(name)
        case "-", "!", "@", "+", "|": break
        case "par", "smallskip", "medskip", "bigskip", "newpage", "clearpage", "pagebreak", "cleardoublepage": flush()
        case "(": math(&scan, "\\)") { self.add(.math($0)) }
        case "[": math(&scan, "\\]") { formula in
            self.flush()
            self.append(.math(formula))
        }
        case "rule", "hrule":
            guard name == "hrule" else { return false }
            append(.rule)
        default:
            if TeXCharacters.isAccent(name) {
                // `\c` and the like need braces or a space; `\'` does not.
                let group = scan.group()
                let base = group.first == UInt8(ascii: "\\") ? TeXCharacters.symbol(group.dropFirst().trimmed.text) ?? "" : group.text
                add(TeXCharacters.accented(name, base) ?? base)
            } else if let symbol = TeXCharacters.symbol(name) {
                add(symbol)
                if scan.rest.hasPrefix("{}") { scan.at += 2 }
                // Behind a name white space is gone, unless braces kept it.
            } else {
                return false
            }
        }
        return true
    }

    private func math(_ scan: inout TeXScan, _ end: StaticString, _ take: (String) -> Void) {
        guard let close = find(end, in: scan) else { return }
        let body = scan.text[scan.at..<close]
        scan.at = close + 2
        take(math(body))
    }

    private func style(_ name: String, _ scan: inout TeXScan, _ depth: Int) -> Bool {
        switch name {
        case "textbf", "strong": wrap(&scan, depth) { .strong($0) }
        case "emph", "textit", "textsl": wrap(&scan, depth) { .emphasis($0) }
        case "enquote":
            add("“")
            for inline in inline(scan.group(), depth: depth) { add(inline) }
            add("”")
        case "underline", "uline": wrap(&scan, depth) { .underline($0) }
        case "sout", "st": wrap(&scan, depth) { .strikethrough($0) }
        case "textsuperscript": wrap(&scan, depth) { .superscript($0) }
        case "textsubscript": wrap(&scan, depth) { .subscript($0) }
        case "texttt", "code": wrap(&scan, depth) { .code(InlineText.plain($0)) }
        case "textcolor", "colorbox":
            _ = scan.option()
            _ = scan.group()
        case "texorpdfstring":
            // The second argument is the first once more, for bookmarks.
            let text = scan.group()
            _ = scan.group()
            run(text, depth: depth + 1)
        default: return false
        }
        return true
    }

    private func wrap(_ scan: inout TeXScan, _ depth: Int, _ make: ([Inline]) -> Inline) {
        let content = inline(scan.group(), depth: depth)
        if !content.isEmpty { add(make(content)) }
    }

    private func reference(_ name: String, _ scan: inout TeXScan, _ depth: Int) -> Bool {
        switch name {
        case "href":
            _ = scan.option()
            let address = Self.address(scan.group())
            let content = inline(scan.group(), depth: depth)
            add(.link(to: address, title: nil, content.isEmpty ? [.text(address)] : content))
        case "url", "nolinkurl", "path":
            let address = Self.address(scan.group())
            add(name == "path" ? .code(address) : .link(to: address, title: nil, [.text(address)]))
        case "footnote", "thanks", "endnote", "footnotetext", "sidenote", "marginpar":
            _ = scan.option()
            let id = NoteID(String(notes.count + 1))
            notes.append(Note(id: id, blocks: []))
            let place = notes.count - 1
            notes[place].blocks = inner(scan.group(), depth: depth)
            add(.note(id))
        case "cite", "citep", "citet", "parencite", "textcite", "autocite", "citealp", "citeauthor", "citeyear", "footcite":
            while scan.option() != nil {}
            add("[" + scan.group().split(separator: UInt8(ascii: ",")).map { $0.trimmed.text }.joined(separator: ", ") + "]")
        case "ref", "autoref", "cref", "Cref", "pageref", "nameref", "vref": add("[" + scan.group().text + "]")
        case "eqref": add("(" + scan.group().text + ")")
        case "includegraphics", "includesvg":
            var alternative = ""
            while let options = scan.option() { if let text = Self.alternative(options) { alternative = InlineText.plain(inline(text, depth: depth)) } }
            add(.image(Image(.address(scan.group().trimmed.text), alternative: alternative)))
        case "input", "include", "subfile", "import", "bibliography", "addbibresource", "lstinputlisting", "verbatiminput":
            _ = scan.option()
            let file = scan.group()
            diagnostics.report("include-not-read", "a file that the text includes is not read", at: String(file.text.prefix(200)))
        default: return false
        }
        return true
    }

    /// `alt={text}` among a picture's options.
    private static func alternative(_ options: Line) -> Line? {
        guard let place = options.first("alt=") else { return nil }
        var scan = TeXScan(options[(place + 4)...])
        if scan.peek == UInt8(ascii: "{") { return scan.group() }
        return scan.rest.prefix { $0 != UInt8(ascii: ",") }
    }

    private static func address(_ text: Line) -> String {
        var out: [UInt8] = []
        for (place, byte) in zip(text.indices, text) {
            if byte == UInt8(ascii: "\\"), place + 1 < text.endIndex, "%#&_{}~".utf8.contains(text[place + 1]) { continue }
            out.append(byte)
        }
        return out[...].trimmed.text
    }

    private func structure(_ name: String, _ scan: inout TeXScan, _ depth: Int) -> Bool {
        switch name {
        case "begin":
            let environment = scan.group().text
            self.environment(environment, &scan, depth)
        case "end": _ = scan.group()
        case "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newcommandx": macros.define(&scan)
        case "def", "gdef", "edef": macros.defineByTeX(&scan)
        case "DeclareMathOperator": macros.defineOperator(&scan)
        case "title":
            _ = scan.option()
            title = inline(scan.group(), depth: depth)
            metadata.add("title", InlineText.plain(title))
        case "author":
            _ = scan.option()
            let names = inline(scan.group(), depth: depth).map { $0 == .lineBreak ? Inline.text(", ") : $0 }
            metadata.add("author", InlineText.plain(names))
        case "and":
            trim()
            add(", ")
        case "date":
            let date = InlineText.plain(inline(scan.group(), depth: depth))
            metadata.add("created", date)
        case "maketitle":
            if !title.isEmpty { append(.heading(level: 1, title)) }
            if let author = metadata["author"] { append(.paragraph([.text(author)])) }
        case "item": flush()
        case "caption":
            _ = scan.option()
            let content = inline(scan.group(), depth: depth)
            append(.paragraph([.emphasis(content)]))
        case "today", "tableofcontents", "listoffigures", "listoftables", "printbibliography", "appendix", "centering", "noindent", "item*": break
        default: return false
        }
        return true
    }

    /// Commands whose arguments are no text, and how many they take.
    private static let silent: [String: Int] = [
        "usepackage": 1, "RequirePackage": 1, "documentclass": 1, "label": 1, "vspace": 1, "setlength": 2, "addtolength": 2, "pagestyle": 1, "thispagestyle": 1,
        "bibliographystyle": 1, "index": 1, "newtheorem": 2, "setcounter": 2, "addtocounter": 2, "includeonly": 1, "hypersetup": 1, "geometry": 1,
        "definecolor": 3, "color": 1, "fontsize": 2, "selectfont": 0, "newenvironment": 3, "renewenvironment": 3, "lstset": 1, "usetikzlibrary": 1,
        "captionsetup": 1, "graphicspath": 1, "theoremstyle": 1, "numberwithin": 2, "newcounter": 1, "newlength": 1, "titleformat": 5, "markboth": 2,
        "markright": 1, "addcontentsline": 3, "phantom": 1, "hphantom": 1, "vphantom": 1, "rule": 2, "raisebox": 1, "makeatletter": 0, "makeatother": 0,
        "pagenumbering": 1, "linespread": 1, "sisetup": 1, "tikzset": 1, "pgfplotsset": 1, "bibitem": 1, "nocite": 1, "cline": 1, "cmidrule": 1,
        "institute": 1, "affil": 1, "email": 1, "usetheme": 1, "usecolortheme": 1, "setbeamertemplate": 2, "renewcommand": 2, "ProvidesPackage": 1,
        "DeclareUnicodeCharacter": 2, "newif": 1, "let": 2, "input@path": 1, "hyphenation": 1, "textwidth": 0, "linewidth": 0, "columnwidth": 0,
    ]
}
