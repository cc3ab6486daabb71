// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A list of mdoc(7) that is open.
struct MdocList {
    enum Kind { case terms, bullets, numbers, plain, columns }
    let kind: Kind
    /// How many levels are open around its items.
    let depth: Int
    var rows: [Row] = []
    var count = 0
}

/// How the next word of mdoc(7) stands to the last one.
struct MdocSpacing {
    /// Right behind it.
    var isTight = false
    /// Spaces stand only where they are written: `.Sm off`.
    var isOff = false
    /// A term goes on until `.Xc`.
    var isExtended = false
}

// The macros of BSD's manual pages (mdoc(7)), which say what words are instead of how they look.
extension ManWalk {
    /// Whether the macro is one of them.
    mutating func mdoc(_ name: String, _ arguments: [Line], _ strings: [String: Line]) -> Bool {
        switch name {
        case "Dd": metadata.add("created", Self.line(arguments, strings))
        case "Dt":
            guard metadata["title"] == nil, let page = arguments.first else { break }
            let title = Self.line([page], strings) + (arguments.count > 1 ? "(\(Self.line([arguments[1]], strings)))" : "")
            metadata.add("title", title)
            levels[0].append(.heading(level: 1, [.text(title)]))
        case "Os", "Bk", "Ek": break
        case "Sm":
            spacing.isOff = arguments.first?.equals("off") ?? !spacing.isOff
            if spacing.isOff { run.separate() }
        case "Xc" where spacing.isExtended:
            spacing.isExtended = false
            openMeaning(run.take())
            words(arguments, strings)
        case "Sh", "Ss":
            endBlock()
            endLists(to: 0)
            while levels.count > 1 { closeLevel() }
            words(arguments, strings)
            heading(name == "Sh" ? 2 : 3)
        case "Pp", "Lp": if code == nil { endParagraph() } else { code?.append("") }
        case "Nd":
            run.separate()
            run.add(Array("— ".utf8)[...], [:])
            words(arguments, strings, isTight: true)
        case "Bl": beginList(arguments)
        case "It": item(arguments, strings)
        case "El": if let last = lists.last { endLists(to: last.depth, closing: true) }
        case "Bd":
            endParagraph()
            if arguments.contains(where: { $0.equals("-literal") || $0.equals("-unfilled") }) { code = [] }
        case "Ed":
            endCode()
            endParagraph()
        case "Dl", "D1":
            endParagraph()
            words(arguments, strings)
            let text = run.takeText()
            if !text.isEmpty { levels[levels.count - 1].append(.code(text, language: nil)) }
        case "Ex", "Rv":
            let subject = arguments.count > 1 ? Self.line([arguments[1]], strings) : self.subject
            run.separate()
            run.add(Array((name == "Ex" ? "The \(subject) utility exits 0 on success, and >0 if an error occurs." : "The \(subject) function returns the value 0 if successful; otherwise the value -1 is returned and errno is set.").utf8)[...], [:])
        case "Rs", "Re": if name == "Rs" { spacing.isTight = false }
        case _ where name.hasPrefix("%") && name.utf8.count == 2:
            words(arguments + [Array(",".utf8)[...]], strings)
        case _ where MdocMacro.byName[name] != nil:
            words([Array(name.utf8)[...]] + arguments, strings)
        default: return false
        }
        return true
    }

    private static func line(_ arguments: [Line], _ strings: [String: Line]) -> String {
        var run = ManRun()
        for argument in arguments { run.addLine(argument, strings) }
        return run.takeText()
    }

    // MARK: Lists

    private mutating func beginList(_ arguments: [Line]) {
        endBlock()
        let kinds: [String: MdocList.Kind] = ["-bullet": .bullets, "-dash": .bullets, "-hyphen": .bullets, "-enum": .numbers, "-item": .plain, "-column": .columns]
        let kind = arguments.lazy.compactMap { kinds[$0.text] }.first ?? .terms
        if lists.count < Self.deepest { lists.append(MdocList(kind: kind, depth: levels.count)) }
    }

    private mutating func item(_ arguments: [Line], _ strings: [String: Line]) {
        endBlock()
        guard let last = lists.indices.last else { return words(arguments, strings) }
        while levels.count > lists[last].depth { closeLevel() }
        lists[last].count += 1
        switch lists[last].kind {
        case .terms:
            words(arguments, strings)
            spacing.isExtended = arguments.last?.equals("Xo") ?? false
            if !spacing.isExtended { openMeaning(run.take()) }
        case .bullets: open(.item(isNumbered: false, start: 1))
        case .numbers: open(.item(isNumbered: true, start: lists[last].count))
        case .plain: break
        case .columns:
            var cells: [Cell] = []
            for cell in arguments.split(whereSeparator: { $0.equals("Ta") }).prefix(100) {
                words(Array(cell), strings)
                cells.append(Cell([.paragraph(run.take())]))
            }
            if !cells.isEmpty { lists[last].rows.append(Row(cells)) }
        }
    }

    /// Ends the lists that began with so many levels open, and those within them.
    private mutating func endLists(to depth: Int, closing isOne: Bool = false) {
        endBlock()
        while let list = lists.last, list.depth >= depth {
            lists.removeLast()
            while levels.count > list.depth { closeLevel() }
            if !list.rows.isEmpty { levels[levels.count - 1].append(.table(Table(rows: list.rows))) }
            if isOne { return }
        }
    }

    // MARK: Words

    /// The words of a line, macros among them.
    mutating func words(_ arguments: [Line], _ strings: [String: Line], isTight: Bool = false) {
        spacing.isTight = isTight || spacing.isTight
        var closers: [String] = []
        var state: (font: ManRun.Font, prefix: String) = (.roman, "")
        var at = 0
        /// Whether the next argument is a word, neither macro nor mark.
        func hasWord(_ place: Int) -> Bool {
            guard place < arguments.count else { return false }
            let text = arguments[place].text
            return MdocMacro.byName[text] == nil && !MdocMacro.closing.contains(text) && text != "|"
        }
        while at < arguments.count {
            let text = arguments[at].text
            at += 1
            guard let macro = MdocMacro.byName[text] else {
                let isMark = MdocMacro.closing.contains(text)
                // Marks at the end of the line stand behind what encloses it.
                if isMark, arguments[at...].allSatisfy({ MdocMacro.closing.contains($0.text) }) { while let closer = closers.popLast() { put(closer, .roman, isTight: true) } }
                if isMark || MdocMacro.opening.contains(text) || text == "|" {
                    put(text, .roman, isTight: isMark)
                    if MdocMacro.opening.contains(text) { spacing.isTight = true }
                } else {
                    put(state.prefix, state.font, word: arguments[at - 1], strings)
                }
                continue
            }
            state = (.roman, "")
            switch macro {
            case .font(let font, let prefix, let alone):
                state = (font, prefix)
                if !hasWord(at), !alone.isEmpty { put(alone, font) }
                if text == "Pf", at < arguments.count {
                    put("", .roman, word: arguments[at], strings)
                    at += 1
                    spacing.isTight = true
                }
            case .enclosure(let opener, let closer):
                put(opener, .roman)
                spacing.isTight = true
                closers.append(closer)
            case .open(let opener):
                put(opener, .roman)
                spacing.isTight = true
            case .close(let closer): put(closer, .roman, isTight: true)
            case .word(let word):
                let version = hasWord(at) && text != "Ux" ? " " + arguments[at].text : ""
                if !version.isEmpty { at += 1 }
                put(word + version, .roman)
            case .noSpace: spacing.isTight = true
            case .apostrophe:
                put("'", .roman, isTight: true)
                spacing.isTight = true
            case .subject:
                state = (.bold, "")
                if hasWord(at) {
                    if subject.isEmpty { subject = Self.line([arguments[at]], strings) }
                } else {
                    put(subject, .bold)
                }
            case .page, .function, .include, .link, .mail: at = special(macro, arguments, at, strings)
            case .ignored: continue
            }
        }
        while let closer = closers.popLast() { put(closer, .roman, isTight: true) }
        spacing.isTight = false
        if code != nil { endCodeLine() }
    }

    private mutating func special(_ macro: MdocMacro, _ arguments: [Line], _ at: Int, _ strings: [String: Line]) -> Int {
        guard at < arguments.count else { return at }
        var end = at + 1
        switch macro {
        case .page:
            put("", .bold, word: arguments[at], strings)
            if end < arguments.count, let first = arguments[end].first, Letters.isDigit(first) {
                put("(\(arguments[end].text))", .roman, isTight: true)
                end += 1
            }
        case .function:
            put("", .bold, word: arguments[at], strings)
            var parts: [String] = []
            while end < arguments.count, MdocMacro.byName[arguments[end].text] == nil, !MdocMacro.closing.contains(arguments[end].text) {
                parts.append(Self.line([arguments[end]], strings))
                end += 1
            }
            put("(\(parts.joined(separator: ", ")))", .roman, isTight: true)
        case .include: put("#include <\(Self.line([arguments[at]], strings))>", .bold)
        case .mail:
            let address = Self.line([arguments[at]], strings)
            separateWord()
            run.addLink("mailto:" + address, [.text(address)])
        default:
            var label: [String] = []
            while end < arguments.count, !MdocMacro.closing.contains(arguments[end].text) {
                label.append(Self.line([arguments[end]], strings))
                end += 1
            }
            let address = Self.line([arguments[at]], strings)
            separateWord()
            run.addLink(address, [.text(label.isEmpty ? address : label.joined(separator: " "))])
        }
        return end
    }

    private mutating func separateWord() {
        if !spacing.isTight, !spacing.isOff { run.separate() }
        spacing.isTight = false
    }

    private mutating func put(_ text: String, _ font: ManRun.Font, isTight: Bool = false, word: Line = [], _ strings: [String: Line] = [:]) {
        guard !text.isEmpty || !word.isEmpty else { return }
        if isTight { spacing.isTight = false } else { separateWord() }
        run.add(Array(text.utf8)[...] + word, strings, font: font)
    }
}
