// SPDX-License-Identifier: Apache-2.0
import Quantities

/// A result by itself, for a frame that may run nothing: its text, or Markdown as it reads.
struct DocumentView {
    /// What is shown of a long document: enough to judge it by.
    static let most = 2 << 20

    let text: [UInt8]
    let name: String
    let isRaw: Bool

    var page: String {
        let shown = String(decoding: text.prefix(Self.most), as: UTF8.self)
        let cut = text.count > Self.most ? #"<p class="quiet">Only the first \#(Quantity.bytes(UInt64(Self.most))) are shown.</p>"# as Markup : ""
        // Only Markdown is read; text, JSON and HTML are shown as they stand.
        let isText = isRaw || !name.lowercased().hasSuffix(".md")
        let body: Markup = isText ? #"<pre class="by-itself raw" tabindex="0">\#(shown)</pre>\#(cut)"# : #"<article class="by-itself prose" tabindex="0">\#(MarkdownView.render(shown))\#(cut)</article>"#
        let page: Markup = #"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>\#(name)</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/assets/style.css"></head><body class="page">\#(body)</body></html>"#
        return page.text
    }
}
