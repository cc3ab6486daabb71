// SPDX-License-Identifier: Apache-2.0

/// A result by itself, for a frame that may run nothing: its text, or Markdown and HTML as they read.
package struct DocumentView {
    package var text: [UInt8]
    /// The file's; its ending says how it is read.
    package var name: String
    package var isRaw: Bool
    /// More stands in the file than here.
    package var isCut = false
    package var pictures = Pictures()

    package init(_ text: [UInt8], name: String, isRaw: Bool) {
        self.text = text
        self.name = name
        self.isRaw = isRaw
    }

    var page: String {
        let text = String(decoding: text, as: UTF8.self)
        let cut = isCut ? #"<p class="quiet">The rest is not shown here: fetch the file.</p>"# as Markup : ""
        let body: Markup = switch isRaw ? nil : name.split(separator: ".").last?.lowercased() {
        case "md": Self.article(MarkdownView.render(text, pictures), cut)
        case "html": Self.article(HTMLView.render(text, pictures), cut)
        default: #"<pre class="by-itself raw" tabindex="0">\#(text)</pre>\#(cut)"#
        }
        let page: Markup = #"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>\#(name)</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/assets/style.css"></head><body class="page">\#(body)</body></html>"#
        return page.text
    }

    private static func article(_ content: Markup, _ cut: Markup) -> Markup { #"<article class="by-itself prose" dir="auto" tabindex="0">\#(content)\#(cut)</article>"# }
}
