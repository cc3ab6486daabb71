// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// What a paragraph's or a run's formatting says, as far as a reader of text cares; nil: not said.
struct DOCXFormatting {
    var bold: Bool?
    var italic: Bool?
    var strike: Bool?
    var underline: Bool?
    var hidden: Bool?
    var vertical: String?
    var font: String?

    init() {}

    init(_ properties: XMLElement) {
        for child in properties.children {
            switch child.known {
            case .w_b: bold = child.isOn
            case .w_i: italic = child.isOn
            case .w_strike, .w_dstrike: strike = child.isOn
            case .w_u: underline = child.value.map { $0 != "none" } ?? false
            case .w_vanish: hidden = child.isOn
            case .w_vertAlign: vertical = child.value
            case .w_rFonts: font = child.attribute(.w_ascii) ?? child.attribute(.w_hAnsi)
            default: continue
            }
        }
    }

    /// What `over` says counts; the rest stays.
    func overlaid(by over: DOCXFormatting) -> DOCXFormatting {
        var result = self
        result.bold = over.bold ?? bold
        result.italic = over.italic ?? italic
        result.strike = over.strike ?? strike
        result.underline = over.underline ?? underline
        result.hidden = over.hidden ?? hidden
        result.vertical = over.vertical ?? vertical
        result.font = over.font ?? font
        return result
    }
}

/// The styles part (17.7): each style with what it inherits.
struct DOCXStyles {
    enum Role: Equatable {
        case title
        case heading(Int)
        case code
        case quote
        case caption
        /// Goes on with a list's item of the level above this one.
        case continued(Int)

        /// The level below which a continuation looks for its item.
        var level: Int? { if case .continued(let level) = self { level } else { nil } }
    }

    struct Style {
        var formatting = DOCXFormatting()
        var role: Role?
        var numbering: DOCXNumbering.Reference?
        /// Runs in this character style are code.
        var isCode = false
    }

    private var styles: [String: Style] = [:]
    private(set) var defaults = DOCXFormatting()
    private(set) var defaultParagraph: String?

    private struct Raw {
        var name = "", base: String?
        var formatting = DOCXFormatting()
        var outline: Int?
        var numbering: DOCXNumbering.Reference?
    }

    init(_ tree: XMLTree?) {
        var raws: [String: Raw] = [:]
        tree?.withRoot { root in
            defaults = DOCXFormatting(root.firstOrEmpty(.w_docDefaults).firstOrEmpty(.w_rPrDefault).firstOrEmpty(.w_rPr))
            for element in root.children where element.known == .w_style {
                guard let id = element.attribute(.w_styleId) else { continue }
                let paragraph = element.firstOrEmpty(.w_pPr)
                raws[id] = Raw(
                    name: element.firstOrEmpty(.w_name).value?.lowercased() ?? "", base: element.firstOrEmpty(.w_basedOn).value,
                    formatting: DOCXFormatting(element.firstOrEmpty(.w_rPr)),
                    outline: paragraph.firstOrEmpty(.w_outlineLvl).value.flatMap { Int($0) },
                    numbering: paragraph.first(.w_numPr).map { DOCXNumbering.Reference($0, style: id) })
                if element.attribute(.w_type) == "paragraph", ["1", "true", "on"].contains(element.attribute(.w_default) ?? "") { defaultParagraph = id }
            }
        }
        for id in raws.keys { styles[id] = Self.inherit(id, raws) }
    }

    subscript(id: String?) -> Style? { id.flatMap { styles[$0] } }

    private static func inherit(_ id: String, _ raws: [String: Raw]) -> Style {
        var style = Style()
        var next: String? = id
        var outline: Int?
        var isContents = false
        for _ in 0..<20 {
            guard let here = next, let raw = raws[here] else { break }
            isContents = isContents || isOfContents(raw.name)
            style.formatting = raw.formatting.overlaid(by: style.formatting)
            style.role = style.role ?? role(raw.name)
            style.isCode = style.isCode || codeNames.contains(raw.name)
            outline = outline ?? raw.outline
            if var numbering = raw.numbering {
                numbering.level = style.numbering?.level ?? numbering.level
                numbering.number = style.numbering?.number ?? numbering.number
                numbering.style = style.numbering?.style ?? numbering.style
                style.numbering = numbering
            }
            next = raw.base
        }
        if let outline, (0..<9).contains(outline), style.role == nil { style.role = .heading(outline + 1) }
        // The lines of a table of contents may look like the headings they name.
        if outline == 9 || isContents, case .heading = style.role { style.role = nil }
        return style
    }

    private static func isOfContents(_ name: String) -> Bool { name.hasPrefix("toc ") && Int(name.dropFirst(4)) != nil }

    /// Built-in names are the same in every language (17.7.4.9); only ids are translated.
    private static func role(_ name: String) -> Role? {
        if name.hasPrefix("heading "), let level = Int(name.dropFirst(8)), (1...9).contains(level) { return .heading(level) }
        if name == "title" { return .title }
        if codeNames.contains(name) { return .code }
        if ["quote", "intense quote", "block text", "block quote", "blockquote"].contains(name) { return .quote }
        if name == "list continue" { return .continued(1) }
        if name.hasPrefix("list continue "), let level = Int(name.dropFirst(14)), (1...9).contains(level) { return .continued(level) }
        return name == "caption" ? .caption : nil
    }

    private static let codeNames: Set<String> = [
        "source code", "html preformatted", "preformatted text", "html code", "code", "verbatim char", "html typewriter", "code char", "macro text",
        "code block", "codeblock", "source text", "inline code", "sourcecode",
    ]
}
