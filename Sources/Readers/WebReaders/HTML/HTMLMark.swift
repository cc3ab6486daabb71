// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// An inline element that is open around the text being read.
struct HTMLMark {
    enum Kind: Hashable {
        case emphasis, strong, strikethrough, underline, superscript, `subscript`, code
        case link(String, title: String?)
    }

    var kind: Kind
    /// Tells two elements of one kind apart.
    var element: Int

    /// The inline that stands for this element with the given content.
    func wrap(_ content: [Inline]) -> [Inline] {
        switch kind {
        case .emphasis: [.emphasis(content)]
        case .strong: [.strong(content)]
        case .strikethrough: [.strikethrough(content)]
        case .underline: [.underline(content)]
        // A note's mark is raised anyway.
        case .superscript: content.allSatisfy { if case .note = $0 { true } else { false } } ? content : [.superscript(content)]
        case .subscript: [.subscript(content)]
        case .link(let address, let title): [.link(to: address, title: title, content)]
        case .code: Self.code(content)
        }
    }

    /// Code holds bare text, so what is inside goes around it: `<code><a>x</a></code>` becomes a link on code.
    private static func code(_ content: [Inline]) -> [Inline] {
        content.flatMap { inline -> [Inline] in
            switch inline {
            case .text(let text): [.code(text)]
            case .emphasis(let inner): [.emphasis(code(inner))]
            case .strong(let inner): [.strong(code(inner))]
            case .strikethrough(let inner): [.strikethrough(code(inner))]
            case .underline(let inner): [.underline(code(inner))]
            case .superscript(let inner): [.superscript(code(inner))]
            case .subscript(let inner): [.subscript(code(inner))]
            case .link(let address, let title, let inner): [.link(to: address, title: title, code(inner))]
            case .lineBreak, .code, .image, .note, .math, .anchor: [inline]
            }
        }
    }

    /// Two elements of one kind without anything between are one: `<b>a</b><b>b</b>`.
    func joins(_ other: HTMLMark) -> Bool {
        switch kind {
        case .emphasis, .strong, .strikethrough, .underline, .superscript, .subscript: kind == other.kind
        case .code, .link: false
        }
    }

    /// Puts `content` behind what was there. Neighbouring links and codes are set apart, as their boxes are on the page.
    func append(_ content: [Inline], to inlines: inout [Inline]) {
        switch (kind, inlines.last) {
        case (.link, .link), (.code, .code): inlines.append(.text(" "))
        default: break
        }
        inlines.append(contentsOf: wrap(content))
    }
}
