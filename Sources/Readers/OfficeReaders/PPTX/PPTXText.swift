// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// Reads the text bodies of one slide (21.1.2): paragraphs, and lists by their bullets and levels.
struct PPTXText {
    private let slide: PPTXSlide

    init(_ slide: PPTXSlide) { self.slide = slide }

    /// A body with the looks it inherits.
    func blocks(_ body: XMLElement, _ inherited: PPTXListStyle) -> [Block] {
        let style = inherited.overlaid(by: PPTXListStyle(body.firstOrEmpty(.a_lstStyle)))
        var lists = NestedLists()
        var counters = PPTXCounters()
        for child in body.children where child.known == .a_p { paragraph(child, style, &lists, &counters) }
        return lists.finish()
    }

    /// All of a body on one line, for titles.
    func line(_ body: XMLElement, _ style: PPTXListStyle) -> [Inline] {
        var runs = OOXMLRuns()
        for child in body.children where child.known == .a_p {
            if !runs.isEmpty { runs.add(" ") }
            inlines(child, style[0], &runs)
        }
        return runs.isBlank ? [] : runs.heading()
    }

    /// The text of an element nobody knows, paragraph by paragraph where it has some.
    func anything(_ element: XMLElement) -> [Block] {
        var out: [Block] = []
        element.descendants(.a_p) { paragraph in
            var runs = OOXMLRuns()
            inlines(paragraph, PPTXLevelStyle(), &runs)
            out += runs.blocks
        }
        if out.isEmpty, case let text = element.text.trimmed, !text.isEmpty { out.append(.paragraph([.text(text)])) }
        return out
    }

    private func paragraph(_ element: XMLElement, _ style: PPTXListStyle, _ out: inout NestedLists, _ counters: inout PPTXCounters) {
        let properties = element.firstOrEmpty(.a_pPr)
        let level = min(max(properties.attribute(.n_lvl).flatMap { Int($0) } ?? 0, 0), 8)
        let look = style[level].overlaid(by: PPTXLevelStyle(properties))
        var runs = OOXMLRuns()
        inlines(element, look, &runs)
        let blocks = runs.blocks
        guard !blocks.isEmpty else { return }
        switch look.bullet ?? .none {
        case .sign:
            counters.interrupt(level)
            out.append(ListItem(blocks), name: "", level: level, number: nil)
        case .counted(let scheme, let start):
            out.append(ListItem(blocks), name: scheme, level: level, number: counters.count(level, scheme, from: start))
        case .none:
            counters.interrupt(level)
            if runs.isCode, ProgramText.isLikely(runs.plainText) { return out.append(.code(runs.plainText, language: nil)) }
            for block in blocks where !out.extend(block, below: level) { out.append(block) }
        }
    }

    private func inlines(_ element: XMLElement, _ look: PPTXLevelStyle, _ runs: inout OOXMLRuns) {
        for child in element.children {
            switch child.known {
            case .a_r, .a_fld:
                // A slide's own number is a matter of its margin.
                if child.known == .a_fld, child.attribute(.n_type) == "slidenum" { continue }
                run(child, look, &runs)
            case .a_br: runs.add(.lineBreak)
            case .a_tab: runs.add("\t", [], nil)
            case .a14_m, .m_oMathPara: inlines(child, look, &runs)
            case .m_oMath: runs.add(.math(OOXMLMath.latex(child)))
            case .mc_AlternateContent: inlines(OOXMLCompatibility.choice(child), look, &runs)
            case .a_pPr, .a_endParaRPr: continue
            default:
                guard child.hasText else { continue }
                slide.deck.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(child.name)")
                runs.add(child.text, [], nil)
            }
        }
    }

    private func run(_ element: XMLElement, _ look: PPTXLevelStyle, _ runs: inout OOXMLRuns) {
        var look = look
        var marks: TextMarks = []
        var link: String?
        if let properties = element.first(.a_rPr) {
            look.read(run: properties)
            if let line = properties.attribute(.n_u), line != "none" { marks.insert(.underline) }
            if let strike = properties.attribute(.n_strike), strike != "noStrike" { marks.insert(.strike) }
            if let baseline = properties.attribute(.n_baseline).flatMap({ Int($0.hasSuffix("%") ? String($0.dropLast()) : $0) }), baseline != 0 {
                marks.insert(baseline > 0 ? .superscript : .subscript)
            }
            link = properties.first(.a_hlinkClick).flatMap { slide.target(of: $0) }
        }
        if look.bold == true { marks.insert(.bold) }
        if look.italic == true { marks.insert(.italic) }
        if let font = look.font, slide.deck.fonts.kind(of: font) == .monospaced { marks.insert(.code) }
        for child in element.children where child.known == .a_t {
            runs.add(textOf: child.text, marks, link)
        }
    }
}

/// The numbers of automatic numbering: they count on while level and scheme stay, across deeper paragraphs.
struct PPTXCounters {
    private var current: [(scheme: String, start: Int, number: Int)?] = Array(repeating: nil, count: 9)

    mutating func count(_ level: Int, _ scheme: String, from start: Int) -> Int {
        for deeper in (level + 1)..<10 where deeper < 9 { current[deeper] = nil }
        var number = start
        if let last = current[level], last.scheme == scheme, last.start == start { number = last.number &+ 1 }
        current[level] = (scheme, start, number)
        return number
    }

    mutating func interrupt(_ level: Int) {
        for place in level..<9 { current[place] = nil }
    }
}
