// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let adoc = Format(
        "adoc", "AsciiDoc", extensions: ["adoc", "asciidoc"],
        mediaTypes: ["text/asciidoc", "text/x-asciidoc"],
        carried: "title, author, headings, lists nested by their marks, tables with spans, code, quotes, admonitions, links, pictures, notes, formulas, attributes",
        leftOut: "comments, included files, conditions, callout marks, layout",
        reader: { AsciiDocReader() })
}
