// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding

extension RTFParser {
    /// Words that say what a group is.
    mutating func destination(_ word: RTFWord, _ parameter: Int?) {
        switch word {
        case .ansicpg: if let parameter, parameter > 0 { codePage = CodePage(parameter) }
        case .mac: codePage = CodePage(10_000)
        case .pc: codePage = CodePage(437)
        case .pca: codePage = CodePage(850)
        case .deff: fonts.standard = parameter ?? -1
        case .upr: skipNextGroup()
        case .fonttbl: enter(.fontTable)
        case .stylesheet:
            styles.begin()
            enter(.styleSheet)
        case .listtable, .listoverridetable: enter(.listTable)
        case .list, .listoverride:
            enter(.listTable)
            lists.word(word, parameter)
        case .listtext, .pntext: enter(.listText, .listText)
        case .pn: enter(.oldNumbering, .oldNumbering)
        case .info: enter(.info)
        case .title, .subject, .author, .manager, .company, .operator_, .keywords, .category, .doccomm:
            guard state.destination == .info else { return }
            state.fact = word
            enter(.fact, .fact)
        case .creatim, .revtim:
            guard state.destination == .info else { return }
            state.fact = word
            moment = RTFMoment()
            enter(.moment, .moment)
        case .nofpages: if let parameter, parameter > 0 { metadata.add("pages", String(parameter)) }
        case .generator:
            state.fact = word
            enter(.fact, .fact)
        case .header, .headerl, .headerr, .headerf: enterFlow(.header)
        case .footer, .footerl, .footerr, .footerf: enterFlow(.footer)
        case .footnote: enterFlow(.footnote)
        case .ftnalt: if let last = flows.indices.last, flows[last].kind == .footnote { flows[last].kind = .endnote }
        case .annotation: enterFlow(.comment)
        case .atnauthor: enter(.author, .fact)
        case .field:
            if fields.count < 64 {
                fields.append("")
                enter(state.destination, .field)
            }
        case .fldinst: enter(.instruction, .instruction)
        case .fldrslt: result()
        case .bkmkstart: enter(.bookmark, .bookmark)
        case .shptxt, .dptxbxtext: enterFlow(.box)
        case .sn: enter(.shapeName, .shapeValue)
        case .sv: enter(.shapeValue, .shapeValue)
        case .pict:
            pictures.begin()
            enter(.picture, .picture)
        case .objclass: enter(.objectClass, .fact)
        case .object: objects.count += 1
        case .objdata:
            objects.begin()
            enter(.objectBytes, .object)
        case .moMath: diagnostics.report("formula-flattened", "a formula was written as its characters")
        case .nonshppict, .shprslt, .mmathPict, .colortbl, .xe, .tc, .tcn, .rxe, .themedata, .colorschememapping, .datastore, .latentstyles, .revtbl,
            .rsidtbl, .atnid, .atndate, .atnref, .atnparent, .atnicn, .background, .template, .hlinkbase, .nextfile, .filetbl, .private_, .ftnsep, .ftnsepc, .ftncn,
            .aftnsep, .aftnsepc, .aftncn, .ffdefres, .ffres, .formfield:
            skipGroup()
        case .htmltag, .mhtmltag: skipGroup()
        default: break
        }
    }

    /// A field's result (its instruction has been read): links get their address, page numbers are nothing.
    private mutating func result() {
        guard let text = fields.last else { return }
        let instruction = FieldInstruction(text)
        if instruction.isPageNumber { return skipGroup() }
        if state.destination == .instruction { return }
        if let link = instruction.link, links.count < 100_000 {
            links.append(link)
            state.link = links.count - 1
        }
    }

    mutating func end(_ ending: Ending) {
        switch ending {
        case .flow: endFlow()
        case .picture: endPicture()
        case .object:
            guard let path = objects.end() else { return }
            flushText()
            let linked = LinkedObject.inline(path.withUnsafeBytes { codePage.text($0) })
            flows[flows.count - 1].runs.add(linked)
            diagnostics.report("object-linked", "a linked object was not followed; its name and place stand in the text")
        case .field: _ = fields.popLast()
        case .instruction:
            if let last = fields.indices.last, fields[last].utf8.count < 10_000 { fields[last] += takeAside() }
            symbolField()
        case .levelText: lists.levelText(aside)
        case .listText:
            let label = takeAside()
            if let last = flows.indices.last, state.destination == .listText { flows[last].label = label }
        case .oldNumbering: break
        case .fact: endFact()
        case .moment: metadata.add(state.fact == .creatim ? "created" : "modified", moment.text)
        case .bookmark:
            let name = takeAside().trimmed
            guard !name.isEmpty, !name.hasPrefix("_") else { return }
            flushText()
            flows[flows.count - 1].runs.add(.anchor(name))
        case .shapeValue:
            let value = takeAside()
            if state.destination == .shapeName { shapeName = value } else if shapeName == "wzDescription" { pictures.alternative = Self.alternative(value) }
        }
    }

    /// Word describes a picture by its file's path when nobody else does: the name is enough.
    private static func alternative(_ text: String) -> String {
        let text = text.trimmed
        guard text.utf8.count > 2, text.dropFirst().hasPrefix(":\\"), let slash = text.lastIndex(of: "\\") else { return text }
        return String(text[text.index(after: slash)...])
    }

    private mutating func endFact() {
        let text = takeAside().trimmed
        switch state.destination {
        case .author: author = text
        case .objectClass: break
        default:
            let name = Self.facts[state.fact] ?? ""
            if !name.isEmpty { metadata.add(name, text.hasSuffix(";") ? String(text.dropLast()) : text) }
        }
    }

    private static let facts: [RTFWord: String] = [
        .title: "title", .author: "author", .subject: "subject", .doccomm: "description", .keywords: "keywords", .category: "category", .operator_: "modified-by",
        .company: "company", .manager: "manager", .generator: "application",
    ]

    /// `SYMBOL 183 \f "Symbol"` has no result: the instruction says it all.
    private mutating func symbolField() {
        guard let text = fields.last else { return }
        let words = FieldInstruction(text).words
        guard words.first?.uppercased() == "SYMBOL", words.count > 1, let code = UInt32(words[1]) else { return }
        let font = words.firstIndex { $0.lowercased() == "\\f" }.flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil } ?? ""
        let outer = state.destination
        state.destination = .body
        put(SymbolFont.text(font: font, code: code))
        state.destination = outer
        fields[fields.count - 1] = ""
    }

    private mutating func takeAside() -> String {
        defer { aside.removeAll(keepingCapacity: true) }
        return String(decoding: aside, as: UTF8.self)
    }

    private mutating func endFlow() {
        endParagraph(isForced: false)
        guard flows.count > 1, var flow = flows.popLast() else { return }
        text.removeAll(keepingCapacity: true)
        let kind = flow.kind
        var blocks = flow.finish()
        guard !blocks.isEmpty else { return }
        switch kind {
        case .header, .footer:
            let name = kind == .header ? "header" : "footer"
            let line = Blocks.line(blocks)
            if !line.isEmpty, margins[name, default: []].count < 100, !margins[name, default: []].contains(line) { margins[name, default: []].append(line) }
        case .box: flows[flows.count - 1].floats += blocks
        case .body: break
        case .footnote, .endnote, .comment:
            let (place, prefix) = kind == .footnote ? (0, "") : kind == .endnote ? (1, "e") : (2, "c")
            counts[place] += 1
            let id = NoteID(prefix + String(counts[place]))
            if kind == .comment, !author.isEmpty {
                if case .paragraph(let content)? = blocks.first { blocks[0] = .paragraph([.text(author + ": ")] + content) }
            }
            notes.append(Note(id: id, blocks: blocks))
            flows[flows.count - 1].runs.add(.note(id))
        }
    }

    private mutating func endPicture() {
        let picture = pictures.end(wantsMedia: limits.wantsMedia, &diagnostics)
        guard let picture else { return }
        flushText()
        flows[flows.count - 1].runs.add(.image(picture), [], state.link >= 0 ? links[state.link] : nil)
    }
}
