// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

// What each directive gives: those of Docutils, and of Sphinx where they hold text.

extension RSTBlocks {
    mutating func directive(_ directive: RSTDirective) {
        switch directive.name {
        case "note", "warning", "tip", "important", "caution", "danger", "hint", "attention", "error", "seealso", "todo":
            admonition(Label(callout: directive.name)?.text(in: parsing.limits.labels), lead: directive.argument, directive.content)
        case "admonition", "topic", "sidebar": admonition(nil, lead: directive.argument, directive.content)
        case "versionadded", "versionchanged", "deprecated", "versionremoved":
            let labels: [String: Label] = ["versionadded": .addedIn, "versionchanged": .changedIn, "deprecated": .deprecatedSince, "versionremoved": .removedIn]
            let version = directive.argument.prefix { $0 != 0x20 }
            let more = directive.argument.dropFirst(version.count).trimmed
            admonition("\(labels[directive.name]?.text(in: parsing.limits.labels) ?? "") \(version.text)", lead: more, directive.content)
        case "image": blocks.append(.paragraph([image(directive)]))
        case "figure": figure(directive)
        case "code", "code-block", "sourcecode", "parsed-literal", "prompt", "ipython", "testcode", "doctest", "productionlist", "console": code(directive)
        case "highlight": parsing.language = directive.argument.isEmpty || directive.argument.equals("none") ? nil : directive.argument.text
        case "math": math(directive)
        case "csv-table", "list-table", "table": table(directive)
        case "rubric", "centered": blocks.append(.paragraph([.strong(spans(directive.argument))]))
        case "epigraph", "highlights", "pull-quote": quotes(directive.content)
        case "raw": raw(directive)
        case "toctree": toctree(directive)
        case "meta": for line in directive.content { if let field = RSTField(line) { parsing.metadata.add(field.name.text.lowercased(), field.value.text) } }
        case "include", "literalinclude":
            parsing.diagnostics.report("include-not-read", "files that the text includes are not read")
        case "contents", "sectnum", "section-numbering", "index", "currentmodule", "module", "default-domain", "role", "default-role", "title", "target-notes",
            "highlightlang", "tabularcolumns", "codeauthor", "sectionauthor", "restructuredtext-test-directive", "date", "unicode", "replace":
            break
        case "header", "footer":
            let lines = ([directive.argument] + directive.content).map(\.trimmed).filter { !$0.isEmpty }
            parsing.metadata.add(directive.name, InlineText.plain(spans(Array(lines.joined(separator: [0x20]))[...])))
        case "automodule", "autoclass", "autofunction", "automethod", "autoattribute", "autodata", "autoexception", "autosummary": automatic(directive)
        case "plot", "graphviz", "inheritance-diagram": notRun()
        default: object(directive)
        }
    }

    /// Containers of any kind give their content; descriptions of objects their signature too.
    private mutating func object(_ directive: RSTDirective) {
        let content = inner(directive.content)
        let name = directive.name.split(separator: ":").last.map(String.init) ?? ""
        if ["function", "class", "method", "attribute", "data", "exception", "module", "staticmethod", "classmethod", "property", "decorator", "option", "envvar",
            "macro", "type", "struct", "member", "enum", "var", "describe", "object", "opcode", "confval", "cmdoption", "program", "decoratormethod"].contains(name), !directive.argument.isEmpty {
            blocks.append(.definitions([Definition(term: [.code(directive.argument.text)], descriptions: content.isEmpty ? [] : [content])]))
            return
        }
        let known = ["container", "compound", "class", "only", "ifconfig", "glossary", "hlist", "rst-class", "tab", "tabs", "tab-set", "tab-item", "group-tab", "dropdown", "details", "grid", "card"]
        if !known.contains(name) { parsing.diagnostics.report("directive-unknown", "directives of kinds that are not known gave only their text") }
        if !directive.argument.isEmpty, !["class", "only", "ifconfig", "rst-class", "container", "grid"].contains(name) { blocks.append(.paragraph(spans(directive.argument))) }
        blocks += content
    }

    private func notRun() {
        parsing.diagnostics.report("directive-not-run", "directives that only a program can carry out were left out")
    }

    /// What a program would describe from its sources: its name, and what the text itself says of it.
    private mutating func automatic(_ directive: RSTDirective) {
        notRun()
        guard !directive.argument.isEmpty else { return blocks += inner(directive.content) }
        let content = inner(directive.content)
        blocks.append(.definitions([Definition(term: [.code(directive.argument.text)], descriptions: content.isEmpty ? [] : [content])]))
    }

    private mutating func admonition(_ title: String?, lead: Line, _ content: [Line]) {
        var inside: [Block] = []
        if let title { inside.append(.paragraph([.strong([.text(title)])])) }
        if title == nil, !lead.isEmpty { inside.append(.paragraph([.strong(spans(lead))])) }
        let body = title != nil && !lead.isEmpty ? [lead] + content : content
        blocks.append(.quote(inside + inner(body)))
    }

    private func image(_ directive: RSTDirective) -> Inline {
        let address = directive.argument.filter { $0 != 0x20 }[...].text
        let picture = Inline.image(Image(.address(address), alternative: directive.options["alt"]?.text ?? ""))
        guard let target = directive.options["target"], !target.isEmpty else { return picture }
        guard target.last == UInt8(ascii: "_") else { return .link(to: target.filter { $0 != 0x20 }[...].text, title: nil, [picture]) }
        let name = target.dropLast().filter { $0 != UInt8(ascii: "`") }
        return parsing.names.target(name[...]).map { .link(to: $0, title: nil, [picture]) } ?? picture
    }

    private mutating func figure(_ directive: RSTDirective) {
        var content = inner(directive.content)
        var caption: [Inline] = []
        if case .paragraph(let first) = content.first {
            caption = first
            content.removeFirst()
        }
        blocks.append(.figure([.paragraph([image(directive)])] + content, caption: caption))
    }

    private mutating func code(_ directive: RSTDirective) {
        if let caption = directive.options["caption"] { blocks.append(.paragraph([.strong(spans(caption))])) }
        let isPlain = directive.name == "parsed-literal" || directive.name == "productionlist"
        let language = directive.argument.isEmpty ? parsing.language : directive.argument.text
        guard !directive.content.isEmpty else { return }
        blocks.append(.code(text(directive.content[...]), language: isPlain ? nil : language == "none" || language == "text" ? nil : language))
    }

    private mutating func math(_ directive: RSTDirective) {
        var formulas: [[Line]] = [[]]
        if !directive.argument.isEmpty { formulas = [[directive.argument], []] }
        for line in directive.content {
            if line.isBlank { formulas.append([]) } else { formulas[formulas.count - 1].append(line) }
        }
        for formula in formulas where !formula.isEmpty { blocks.append(.math(text(formula[...]))) }
    }

    private mutating func raw(_ directive: RSTDirective) {
        guard directive.argument.equals("html") else { return }
        var limits = parsing.limits
        limits.wantsMedia = false
        blocks += MarkupText.html(Array(directive.content.joined(separator: [0x0A]))[...], limits: limits, &parsing.diagnostics).blocks
    }

    private mutating func toctree(_ directive: RSTDirective) {
        guard directive.options["hidden"] == nil else { return }
        if let caption = directive.options["caption"] { blocks.append(.paragraph([.strong(spans(caption))])) }
        let items = directive.content.filter { !$0.isBlank }.map { line -> ListItem in
            let entry = line.trimmed
            if let open = entry.lastIndex(of: UInt8(ascii: "<")), entry.last == UInt8(ascii: ">") {
                return ListItem([.paragraph([.link(to: entry[(open + 1)...].dropLast().text, title: nil, [.text(entry[..<open].trimmed.text)])])])
            }
            return ListItem([.paragraph([.text(entry.text)])])
        }
        if !items.isEmpty { blocks.append(.list(List(.bullet, items: items))) }
    }
}
