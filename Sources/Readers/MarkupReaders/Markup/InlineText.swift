// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// What all markups do with running text.
enum InlineText {
    /// Texts that stand side by side as one, empty ones left out.
    static func tidy(_ inlines: some Collection<Inline>) -> [Inline] {
        var result: [Inline] = []
        for inline in inlines {
            if case .text(let text) = inline {
                if text.isEmpty { continue }
                if case .text(let before) = result.last {
                    result[result.count - 1] = .text(before + text)
                    continue
                }
            }
            result.append(inline)
        }
        return result
    }

    /// The text without any form.
    static func plain(_ inlines: [Inline]) -> String {
        inlines.map { inline in
            switch inline {
            case .text(let text), .code(let text), .math(let text): text
            case .lineBreak: " "
            case .emphasis(let content), .strong(let content), .strikethrough(let content), .underline(let content),
                .superscript(let content), .subscript(let content), .link(_, _, let content): plain(content)
            case .image(let image): image.alternative
            case .note, .anchor: ""
            }
        }.joined()
    }
}
