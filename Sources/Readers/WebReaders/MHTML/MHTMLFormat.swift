// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let mhtml = Format(
        "mhtml", "web page archive", extensions: ["mhtml", "mht"], mediaTypes: ["multipart/related", "application/x-mimearchive"],
        carried: "the page as HTML has it, its pictures from the archive",
        leftOut: "style sheets, scripts, pages within frames",
        reader: { MHTMLReader() })
}
