// SPDX-License-Identifier: Apache-2.0
import DocumentTree

extension [Inline] {
    /// The words without their looks.
    var plainText: String {
        reduce(into: "") { text, inline in
            switch inline {
            case .text(let words), .code(let words), .math(let words): text += words
            case .lineBreak: text += " "
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .underline(let inner), .superscript(let inner),
                .subscript(let inner), .link(_, _, let inner): text += inner.plainText
            case .image, .note, .anchor: break
            }
        }
    }
}
