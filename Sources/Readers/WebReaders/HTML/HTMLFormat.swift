// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let html = Format(
        "html", "HTML and XHTML page", extensions: ["html", "htm", "xhtml", "xht"],
        mediaTypes: ["text/html", "application/xhtml+xml"],
        carried: "headings, nested lists, tables with spans, links, code, pictures, formulas",
        leftOut: "scripts, styles, frames, hidden parts, states of forms",
        reader: { HTMLReader() })
}
