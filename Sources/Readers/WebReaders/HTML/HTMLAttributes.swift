// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// Which attributes the reader looks at. The others never reach gumbo: on most pages they are the larger part, and gumbo
/// spends as much on each of their bytes as on text.
struct HTMLAttributes {
    /// Whose `id` is needed.
    private let targets: HTMLTargets
    /// Classes and names of all elements are wanted: to tell what on the page is not what it is about.
    private let keepsNames: Bool

    init(targets: HTMLTargets = HTMLTargets(), keepsNames: Bool = false) {
        self.targets = targets
        self.keepsNames = keepsNames
    }

    /// `value` with its quotes.
    func isRead(_ name: ByteSlice, value: ByteSlice, of tag: UInt32) -> Bool {
        guard name.count < Self.byLength.count else { return false }
        for known in Self.byLength[name.count] where name.isKeyword(known) {
            switch name.count {
            case 2: return keepsNames || isTarget(value)
            case 4 where name.isKeyword("name"): return tag == GUMBO_TAG_META.rawValue || tag == GUMBO_TAG_A.rawValue && isTarget(value)
            case 5 where name.isKeyword("class"): return keepsNames || Self.isReadClass(value, tag)
            case 5 where name.isKeyword("style"): return Self.isReadStyle(value)
            default: return true
            }
        }
        return false
    }

    private func isTarget(_ value: ByteSlice) -> Bool {
        guard !targets.isEmpty, let first = value.first else { return false }
        let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        let name = (isQuoted && value.count >= 2 ? value[slice: 1..<(value.count - 1)] : value).string
        return targets.anchors[name] != nil || targets.notes[name] != nil || name.utf8.contains(UInt8(ascii: "&"))
    }

    /// Classes say the language of code, which of a formula's two forms this is, and what is a whole reference.
    private static func isReadClass(_ value: ByteSlice, _ tag: UInt32) -> Bool {
        if tag == GUMBO_TAG_PRE.rawValue || tag == GUMBO_TAG_CODE.rawValue { return true }
        if tag == GUMBO_TAG_CITE.rawValue { return value.place(ofKeyword: "citation") != nil }
        if tag == GUMBO_TAG_A.rawValue { return value.place(ofKeyword: "footnote") != nil }
        return value.place(ofKeyword: "katex") != nil || value.place(ofKeyword: "language-") != nil
            || value.place(ofKeyword: "highlight-") != nil || value.place(ofKeyword: "hljs") != nil || value.place(ofKeyword: "sourcecode") != nil
    }

    private static func isReadStyle(_ value: ByteSlice) -> Bool {
        var index = 0
        while index + 5 < value.count {
            switch value[index] | 0x20 {
            case UInt8(ascii: "d") where value[slice: index..<value.count].hasKeyword("display"): return true
            case UInt8(ascii: "v") where value[slice: index..<value.count].hasKeyword("visibility"): return true
            case UInt8(ascii: "w") where value[slice: index..<value.count].hasKeyword("white-space"): return true
            case UInt8(ascii: "f") where value[slice: index..<value.count].hasKeyword("font-weight"): return true
            case UInt8(ascii: "f") where value[slice: index..<value.count].hasKeyword("font-style"): return true
            case UInt8(ascii: "t") where value[slice: index..<value.count].hasKeyword("text-align"): return true
            case UInt8(ascii: "t") where value[slice: index..<value.count].hasKeyword("text-decoration"): return true
            default: index += 1
            }
        }
        return false
    }

    private static let byLength: [[StaticString]] = {
        let names: [StaticString] = [
            "href", "src", "srcset", "alt", "title", "class", "style", "colspan", "rowspan", "align", "start", "value", "type", "checked",
            "selected", "hidden", "aria-hidden", "lang", "xml:lang", "name", "property", "content", "rel", "itemprop", "data-src",
            "data-original", "data-lazy-src", "data-lang", "data-language", "display", "encoding", "alttext", "role", "id", "epub:type",
            "data-srcset", "aria-label", "data-footnote-ref", "xlink:href", "mathvariant", "linethickness", "open", "close", "notation", "data", "http-equiv", "media", "data-full-src", "data-url",
        ]
        var table = [[StaticString]](repeating: [], count: 24)
        for name in names { table[name.utf8CodeUnitCount].append(name) }
        return table
    }()
}
