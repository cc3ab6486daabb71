// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let man = Format(
        "man", "manual page", extensions: ["man", "roff", "troff", "nroff", "1", "2", "3", "4", "5", "6", "7", "8", "1p", "3p", "3pm", "3perl", "1ssl", "3ssl"],
        mediaTypes: ["text/troff", "application/x-troff-man"],
        carried: "title, headings, paragraphs, options as terms with their meaning, lists, tables, examples as code, bold and italics, links",
        leftOut: "comments, layout, macros of the page's own, included files, equations as they are drawn",
        reader: { ManReader() })
}
