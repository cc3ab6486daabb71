// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

/// An article or book in an XML vocabulary as the XHTML page that says the same.
///
/// Sections become headings by their depth, notes stand behind the text, what is shown by other elements in HTML becomes
/// them. Linear in the document; as deep as its tree. The parts stand in extensions: `+Sections`, `+Blocks`, `+Inlines`,
/// `+Tables`, `+References`.
struct ArticlePage {
    private(set) var bytes: [UInt8] = []
    /// Parts that stand in other files.
    var includes = 0

    let vocabulary: ArticleReader.Vocabulary
    let language: LabelLanguage
    /// Sections around.
    var depth = 0
    /// The anchor of a section, for its heading.
    var pendingID: String?
    /// Of the table that comes next.
    var pendingCaption: [UInt8] = []
    /// Columns of CALS tables by their names, those of the innermost last.
    var columns: [[String: Int]] = []
    var isInHead = false
    var isDisplayed = false
    /// Notes that stand in the text, to be written behind it; and names of notes that the text refers to.
    var waitingNotes: [(id: String, note: XMLElement)] = []
    var referredNotes: Set<String> = []
    /// What places with a name are called, for references that say nothing themselves.
    var names: [String: String] = [:]
    private var noteCount = 0

    init(_ vocabulary: ArticleReader.Vocabulary, _ language: LabelLanguage) {
        self.vocabulary = vocabulary
        self.language = language
    }

    mutating func write(_ root: XMLElement) {
        survey(root)
        raw("<html><body>")
        element(root, in: .null)
        var next = 0
        while next < waitingNotes.count {
            let (id, note) = waitingNotes[next]
            next += 1
            raw("<aside id=\"")
            attribute(id)
            raw("\">")
            content(of: note) { $0.localName == "label" }
            raw("</aside>")
        }
        raw("</body></html>")
    }

    // MARK: Elements

    mutating func content(of parent: XMLElement, except isLeftOut: (XMLElement) -> Bool = { _ in false }) {
        for piece in parent.content {
            switch piece {
            case .text(let text): self.text(text)
            case .element(let child): if !isLeftOut(child) { element(child, in: parent) }
            }
        }
    }

    mutating func element(_ element: XMLElement, in parent: XMLElement) {
        let name = element.localName
        switch ArticleRole.of(name) {
        case .transparent:
            if name == "refpurpose" { raw(" — ") }
            content(of: element)
        case .dropped: break
        case .same(let tag): same(tag, element)
        case .section: section(element)
        case .title: title(element, in: parent)
        case .subtitle: same("p", element)
        case .label: label(element, in: parent)
        case .bulletList: list("ul", element)
        case .orderedList, .procedure: list("ol", element)
        case .list: list(["order", "alpha-lower", "alpha-upper", "roman-lower", "roman-upper"].contains(element.plainAttribute("list-type") ?? "") ? "ol" : "ul", element)
        case .simpleList: simpleList(element)
        case .item: item(element, in: parent)
        case .definitionItem: definition(element, in: parent)
        case .strongByRole: emphasis(element)
        case .quotation: same("q", element)
        case .code:
            if element.text.utf8.contains(0x0A) { preformatted(element) } else { same("code", element) }
        case .preformatted: preformatted(element)
        case .link: link(element)
        case .reference: reference(element)
        case .note: note(element, in: parent)
        case .noteReference: if let id = element.plainAttribute("linkend") { noteMark(id) }
        case .figure: figure(element)
        case .caption: same("p", element)
        case .image: image(element, alternative: "")
        case .alternatives: alternatives(element, in: parent)
        case .table: table(element)
        case .columns: columnGroup(element)
        case .row: row(element)
        case .cell: cell(element)
        case .math: formula(copied: element)
        case .texMath: formula(tex: element.text)
        case .formula: displayed(element)
        case .inlineFormula: inlineFormula(element)
        case .callout: callout(element)
        case .citation: citation(element)
        case .citationList: citationList(element)
        case .citationEntry: citationEntry(element)
        case .front: front(element)
        case .information: information(element, of: parent)
        case .fullName: fullName(element)
        case .argument: argument(element)
        case .argumentChoice: argumentChoice(element)
        case .keys: joined(element, by: "+")
        case .menu: joined(element, by: " > ")
        case .manualPage: manualPage(element)
        case .includes: includes += 1
        case .verseLine:
            content(of: element)
            raw("<br/>")
        case .lineBreak: raw("<br/>")
        }
    }

    mutating func same(_ tag: StaticString, _ element: XMLElement) {
        open(tag, element)
        content(of: element)
        close(tag)
    }

    // MARK: Bytes

    mutating func open(_ tag: StaticString, _ element: XMLElement = .null) {
        raw("<")
        raw(tag)
        if let id = element.plainAttribute("id") {
            raw(" id=\"")
            attribute(id)
            raw("\"")
        }
        raw(">")
    }

    mutating func close(_ tag: StaticString) {
        raw("</")
        raw(tag)
        raw(">")
    }

    mutating func raw(_ text: StaticString) { bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }
    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }
    mutating func raw(_ text: [UInt8]) { bytes.append(contentsOf: text) }

    mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: "&"): raw("&amp;")
            default: bytes.append(byte)
            }
        }
    }

    mutating func attribute(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "\""): raw("&quot;")
            default: bytes.append(byte)
            }
        }
    }

    /// What `write` writes, held back.
    mutating func held(_ write: (inout ArticlePage) -> Void) -> [UInt8] {
        let start = bytes.count
        write(&self)
        defer { bytes.removeLast(bytes.count - start) }
        return Array(bytes[start...])
    }

    mutating func newNoteID() -> String {
        noteCount += 1
        return "intray-note-\(noteCount)"
    }
}
