// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Goes through a page's text and macros (groff_man(7)) and builds its blocks.
struct ManWalk {
    private(set) var unknown = 0
    var metadata = Metadata()
    var levels = [ManLevel(.page)]
    var run = ManRun()
    /// Lines of code: within `.nf` or `.EX`.
    var code: [String]?
    /// What waits for the next line of text.
    enum Waiting { case nothing, heading(Int), term, font(ManRun.Font) }
    var waiting = Waiting.nothing
    private var link: (address: String, before: ManRun)?
    static let deepest = 32
    /// Of mdoc(7): the lists that are open, and what the page calls what it is about.
    var lists: [MdocList] = []
    var subject = ""
    var spacing = MdocSpacing()

    mutating func take(_ piece: ManLines.Piece, _ lines: inout ManLines) {
        switch piece {
        case .text(let line): text(line, lines)
        case .request(let name, let rest): request(name, rest, &lines)
        }
    }

    mutating func finish() -> Document {
        endCode()
        endParagraph()
        while levels.count > 1 { closeLevel() }
        var document = Document()
        document.metadata = metadata
        document.blocks = levels[0].take()
        return document
    }

    // MARK: Text

    private mutating func text(_ line: Line, _ lines: ManLines) {
        if code != nil {
            run.add(line, lines.strings)
            return endCodeLine()
        }
        switch waiting {
        case .heading, .term:
            run.addLine(line, lines.strings)
            endWaiting()
        case .font(let font):
            waiting = .nothing
            run.addLine(line, lines.strings, font: font)
        case .nothing:
            if line.isBlank { return endParagraph() }
            // A line that is set in stands on its own.
            if line.first == 0x20, !run.isEmpty { run.addBreak() }
            run.addLine(line.trimmed, lines.strings)
        }
    }

    private mutating func endWaiting() {
        switch waiting {
        case .heading(let level): heading(level)
        case .term:
            waiting = .nothing
            openMeaning(run.take())
        case .nothing, .font: waiting = .nothing
        }
    }

    mutating func heading(_ level: Int) {
        waiting = .nothing
        let content = run.take()
        run.resetFont()
        if !content.isEmpty { levels[levels.count - 1].append(.heading(level: level, content)) }
    }

    // MARK: Macros

    private mutating func request(_ name: String, _ rest: Line, _ lines: inout ManLines) {
        let arguments = ManArguments.split(rest)
        if mdoc(name, arguments, lines.strings) { return }
        if let fonts = Self.fonts[name] { return fonts.count == 1 ? addMarked(arguments, fonts[0], rest, lines) : alternate(arguments, fonts, lines) }
        switch name {
        case "TH": title(arguments, lines)
        case "SH", "SS": section(name == "SH" ? 2 : 3, arguments, lines)
        case "PP", "P", "LP", "Sp", "HP", "sp", "YS":
            // Filling is off until `.fi`, whatever paragraphs there are.
            if code != nil {
                code?.append("")
                return
            }
            endParagraph()
            if name == "PP" || name == "P" || name == "LP" || name == "HP" { closeEntry() }
        case "TP", "TQ":
            endBlock()
            closeEntry()
            waiting = .term
        case "IP": indentedParagraph(arguments, lines)
        case "RS" where code != nil, "RE" where code != nil: break
        case "RS":
            endBlock()
            if levels.count < Self.deepest { levels.append(ManLevel(.indented)) }
        case "RE":
            endBlock()
            closeEntry()
            if levels.count > 1, case .indented = levels[levels.count - 1].kind { closeLevel() }
        case "nf", "EX", "Vb":
            endParagraph()
            if code == nil { code = [] }
        case "fi", "EE", "Ve": endCode()
        case "br": if code == nil { run.addBreak() }
        case "SY":
            endParagraph()
            addMarked(arguments, .bold, rest, lines)
        case "OP":
            run.separate()
            run.add(Array("[".utf8)[...], [:])
            for (index, argument) in arguments.enumerated() {
                if index > 0 { run.add(Array(" ".utf8)[...], [:]) }
                run.add(argument, lines.strings, font: index == 0 ? .bold : .italic)
            }
            run.add(Array("]".utf8)[...], [:])
        case "UR", "MT":
            link = ((name == "MT" ? "mailto:" : "") + Self.plain(arguments.first ?? [], lines), run)
            run = ManRun()
        case "UE", "ME": endLink(arguments, lines.strings)
        case "TS": table(&lines)
        case "ft": run.setFont(arguments.first?.text ?? "P")
        default:
            guard !Self.ignored.contains(name) else { return }
            unknown += 1
            if !rest.isEmpty { text(rest, lines) }
        }
    }

    private static let fonts: [String: [ManRun.Font]] = [
        "B": [.bold], "I": [.italic], "SM": [.roman], "SB": [.bold], "R": [.roman], "CW": [.code], "BR": [.bold, .roman], "RB": [.roman, .bold],
        "BI": [.bold, .italic], "IB": [.italic, .bold], "IR": [.italic, .roman], "RI": [.roman, .italic],
    ]

    /// Requests about layout, and macros that hold nothing to read.
    private static let ignored: Set<String> = [
        "ad", "na", "hy", "nh", "ne", "in", "ti", "ll", "nr", "PD", "DT", "tr", "fam", "ps", "vs", "ta", "ev", "als", "ss", "lf", "cc", "c2", "rr", "rm", "rn", "wh", "ce", "IX",
        "bp", "pl", "po", "ls", "ns", "rs", "eo", "ec", "tm", "ab", "ex", "it", "mk", "rt", "fp", "cs", "bd", "uf", "ul", "cu", "lg", "pn", "UC", "AT", "ch", "char", "do", "nop",
        "hw", "hc", "shc", "hla", "hlm", "hpf", "cflags", "special", "warn", "ie", "pc", "tc", "lc", "mc", "UN", "so", "EQ", "EN", "zZ", "return", "while", "break", "continue",
        "PU", "B1", "B2", "hys", "box", "boxa", "di", "da", "em", "device", "ftr", "kern", "color", "gcolor", "fcolor", "defcolor", "length", "chop", "substring", "blm", "lsm", "PSPIC", "Hr",
    ]

    mutating func title(_ arguments: [Line], _ lines: ManLines) {
        guard metadata["title"] == nil, let name = arguments.first.map({ Self.plain($0, lines) }), !name.isEmpty else { return }
        let section = arguments.count > 1 ? Self.plain(arguments[1], lines) : ""
        let title = section.isEmpty ? name : "\(name)(\(section))"
        metadata.add("title", title)
        for (index, fact) in [(2, "created"), (3, "source"), (4, "collection")] where index < arguments.count { metadata.add(fact, Self.plain(arguments[index], lines)) }
        levels[0].append(.heading(level: 1, [.text(title)]))
    }

    private static func plain(_ argument: Line, _ lines: ManLines) -> String {
        var run = ManRun()
        run.add(argument, lines.strings)
        return run.takeText()
    }

    private mutating func section(_ level: Int, _ arguments: [Line], _ lines: ManLines) {
        endBlock()
        while levels.count > 1 { closeLevel() }
        run.resetFont()
        waiting = .heading(level)
        guard !arguments.isEmpty else { return }
        for argument in arguments { run.addLine(argument, lines.strings) }
        heading(level)
    }

    private mutating func addMarked(_ arguments: [Line], _ font: ManRun.Font, _ rest: Line, _ lines: ManLines) {
        guard !arguments.isEmpty else {
            if code == nil, case .nothing = waiting { waiting = .font(font) }
            return
        }
        if code == nil { run.separate() }
        for (index, argument) in arguments.enumerated() {
            if index > 0 { run.add(Array(" ".utf8)[...], [:], font: font) }
            run.add(argument, lines.strings, font: font)
        }
        endMacroLine()
    }

    private mutating func alternate(_ arguments: [Line], _ fonts: [ManRun.Font], _ lines: ManLines) {
        if code == nil { run.separate() }
        for (index, argument) in arguments.enumerated() { run.add(argument, lines.strings, font: fonts[index % fonts.count]) }
        endMacroLine()
    }

    private mutating func endMacroLine() {
        if code != nil { return endCodeLine() }
        switch waiting {
        case .heading, .term: endWaiting()
        case .nothing, .font: break
        }
    }

    private mutating func endLink(_ arguments: [Line], _ strings: [String: Line]) {
        guard let (address, before) = link else { return }
        let content = run.take()
        run = before
        link = nil
        run.separate()
        run.addLink(address, content.isEmpty ? [.text(address.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address)] : content)
        if let first = arguments.first { run.add(first, strings) }
    }

    private mutating func table(_ lines: inout ManLines) {
        endBlock()
        var table = ManTable()
        var read = 0
        while read < 100_000, let line = lines.nextLine() {
            read += 1
            if line.hasPrefix(".TE") { break }
            table.take(line)
        }
        if let block = table.block(lines.strings) { levels[levels.count - 1].append(block) }
    }

    // MARK: Blocks

    private mutating func indentedParagraph(_ arguments: [Line], _ lines: ManLines) {
        endBlock()
        guard let tag = arguments.first, !tag.isEmpty else { return }
        closeEntry()
        let plain = Self.plain(tag, lines)
        let number = plain.filter { $0 != "." && $0 != ")" && $0 != "(" && $0 != "[" && $0 != "]" }
        if ["•", "·", "*", "-", "−", "–", "o", "+", "○"].contains(plain) {
            open(.item(isNumbered: false, start: 1))
        } else if number != plain, let start = Int(number), start < 10_000 {
            open(.item(isNumbered: true, start: start))
        } else {
            run.add(tag, lines.strings)
            openMeaning(run.take())
        }
    }

    mutating func openMeaning(_ term: [Inline]) {
        run.resetFont()
        if levels.count < Self.deepest { levels.append(ManLevel(.meaning(term))) } else { levels[levels.count - 1].append(.paragraph(term)) }
    }

    mutating func open(_ kind: ManLevel.Kind) { if levels.count < Self.deepest { levels.append(ManLevel(kind)) } }

    mutating func endBlock() {
        endCode()
        if case .nothing = waiting {} else { endWaiting() }
        endParagraph()
    }

    mutating func endParagraph() {
        if link != nil { endLink([], [:]) }
        let content = run.take()
        if !content.isEmpty { levels[levels.count - 1].append(.paragraph(content)) }
        run.resetFont()
    }

    mutating func endCodeLine() {
        code?.append(run.takeText())
    }

    mutating func endCode() {
        guard var lines = code else { return }
        code = nil
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
        if !lines.isEmpty { levels[levels.count - 1].append(.code(lines.joined(separator: "\n"), language: nil)) }
    }

    /// Ends the term or item that is open on top.
    mutating func closeEntry() {
        switch levels[levels.count - 1].kind {
        case .meaning, .item: closeLevel()
        case .page, .indented: break
        }
    }

    mutating func closeLevel() {
        guard levels.count > 1, var level = levels.popLast() else { return }
        let top = levels.count - 1
        switch level.kind {
        case .page: break
        // What is set in behind a term or item belongs to it.
        case .indented: for block in level.take() { levels[top].append(block) }
        case .meaning(let term): levels[top].add(Definition(term: term, descriptions: level.isEmpty ? [] : [level.take()]))
        case .item(let isNumbered, let start): levels[top].add(ListItem(level.take()), isNumbered: isNumbered, start: start)
        }
    }
}
