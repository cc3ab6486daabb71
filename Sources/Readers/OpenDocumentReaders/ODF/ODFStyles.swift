// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

/// One style with all it inherits.
struct ODFStyle {
    enum Role: Hashable {
        case title, subtitle, code, quote, rule
        case heading(Int)

        var isHeading: Bool {
            switch self {
            case .title, .subtitle, .heading: true
            case .code, .quote, .rule: false
            }
        }
    }

    var text = ODFTextProperties()
    var role: Role?
    /// The list style of its paragraphs; empty for none.
    var list: String?
    var isHeadingInList = false
    /// A page begins with its paragraphs.
    var breaksPage = false
    var masterPage: String?
    /// Pages and tables that are not shown.
    var isHidden = false
    /// Runs in this style are program text.
    var isCode = false
    /// The format of a cell's values.
    var valueFormat: String?
}

/// The styles of a document (16): common ones, then automatic ones, which count first.
///
/// Families have names of their own. What a style inherits is resolved when it is first asked for.
final class ODFStyles {
    struct Key: Hashable {
        var family: String
        var name: String
    }

    private struct Raw {
        var name: String
        var parent: String?
        var style: ODFStyle
    }

    private var raws: [Key: Raw] = [:]
    private var resolved: [Key: ODFStyle] = [:]
    private var defaults: [String: ODFTextProperties] = [:]
    private(set) var lists: [String: ODFListStyle] = [:]
    private(set) var outline = ODFListStyle()

    /// Takes the styles of `office:styles` or `office:automatic-styles`; those taken later replace earlier ones.
    func take(_ container: XMLElement) {
        for element in container.children {
            switch element.known {
            case .style_style:
                guard let name = element.attribute(.style_name), let family = element.attribute(.style_family) else { continue }
                raws[Key(family: family, name: name)] = Self.raw(element, name)
            case .style_defaultStyle:
                guard let family = element.attribute(.style_family) else { continue }
                defaults[family] = ODFTextProperties(element.firstOrEmpty(.style_textProperties))
            case .text_listStyle:
                if let name = element.attribute(.style_name) { lists[name] = ODFListStyle(element) }
            case .text_outlineStyle: outline = ODFListStyle(element)
            default: continue
            }
        }
    }

    private static func raw(_ element: XMLElement, _ name: String) -> Raw {
        var style = ODFStyle()
        for child in element.children {
            switch child.known {
            case .style_textProperties: style.text = ODFTextProperties(child)
            case .style_paragraphProperties:
                style.breaksPage = child.attribute(.fo_breakBefore) == "page"
            case .style_drawingPageProperties: style.isHidden = child.attribute(.presentation_visibility) == "hidden"
            case .style_tableProperties: style.isHidden = child.attribute(.table_display) == "false"
            default: continue
            }
        }
        style.list = element.attribute(.style_listStyleName)
        style.masterPage = element.attribute(.style_masterPageName)
        style.valueFormat = element.attribute(.style_dataStyleName)
        if style.masterPage?.isEmpty == false { style.breaksPage = true }
        let shown = (element.attribute(.style_displayName) ?? name).lowercased()
        style.role = role(shown)
        style.isCode = codeNames.contains(shown)
        return Raw(name: shown, parent: element.attribute(.style_parentStyleName), style: style)
    }

    /// The page styles that paragraphs and tables begin.
    var masterPages: Set<String> { Set(raws.values.compactMap(\.style.masterPage).filter { !$0.isEmpty }.prefix(1_000)) }

    /// The style of this name, or the family's default.
    func style(_ family: String, _ name: String?) -> ODFStyle {
        guard let name else { return ODFStyle(text: defaults[family] ?? ODFTextProperties()) }
        let key = Key(family: family, name: name)
        if let known = resolved[key] { return known }
        let style = inherit(key)
        resolved[key] = style
        return style
    }

    private func inherit(_ key: Key) -> ODFStyle {
        var style = ODFStyle()
        var next: Key? = key
        var isOwn = true
        for _ in 0..<32 {
            guard let here = next else { break }
            guard let raw = raws[here] else {
                // Templates refer to the usual styles without defining them.
                if style.role == nil { style.role = Self.role(here.name.lowercased()) }
                break
            }
            style.text = raw.style.text.overlaid(by: style.text)
            style.role = style.role ?? raw.style.role
            style.list = style.list ?? raw.style.list
            style.isCode = style.isCode || raw.style.isCode
            style.isHidden = style.isHidden || raw.style.isHidden
            style.valueFormat = style.valueFormat ?? raw.style.valueFormat
            if isOwn || raw.style.breaksPage { style.breaksPage = style.breaksPage || raw.style.breaksPage }
            style.masterPage = style.masterPage ?? raw.style.masterPage
            next = raw.parent.map { Key(family: here.family, name: $0) }
            isOwn = false
        }
        if let base = defaults[key.family], key.family == "paragraph" { style.text = base.overlaid(by: style.text) }
        return style
    }

    /// By the names that styles have in every language of the usual programs.
    private static func role(_ shown: String) -> ODFStyle.Role? {
        let name = shown.contains("_20_") ? shown.replacing("_20_", with: " ") : shown
        if name.hasPrefix("heading") {
            let digits = name.dropFirst(7).drop { $0 == " " }
            return Int(digits).flatMap { (1...10).contains($0) ? .heading($0) : nil }
        }
        switch name {
        case "title": return .title
        case "subtitle": return .subtitle
        case "quotations", "quote", "intense quote", "block text", "block quote", "blockquote": return .quote
        case "horizontal line", "horizontal rule": return .rule
        default: return codeNames.contains(name) ? .code : nil
        }
    }

    private static let codeNames: Set<String> = [
        "preformatted text", "preformatted_20_text", "source text", "source_20_text", "source code", "source_20_code", "html preformatted", "code",
        "code block", "html code", "verbatim", "teletype", "example_20_code",
    ]
}
