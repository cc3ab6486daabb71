// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let md = Format(
        "md", "Markdown", extensions: ["md", "markdown", "mdown", "mkd"],
        mediaTypes: ["text/markdown", "text/x-markdown"],
        carried: "the text as it is; for other outputs headings, lists, tables, code, links", leftOut: "control characters",
        verbatimIn: ["md"], reader: { MarkdownReader() })
}
