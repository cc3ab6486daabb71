// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let md = Format(
        "md", "Markdown", extensions: ["md", "markdown", "mdown", "mkd"],
        mediaTypes: ["text/markdown", "text/x-markdown"],
        carried: "the text as it is; for other outputs front matter, headings, lists, tables, code, quotes, links, notes, formulas",
        leftOut: "control characters; for other outputs comments, scripts and styles of HTML within",
        verbatimIn: ["md"], reader: { MarkdownReader() })
}
