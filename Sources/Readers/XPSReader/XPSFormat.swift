// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let xps = Format(
        "xps", "XPS document", extensions: ["xps", "oxps"], mediaTypes: ["application/vnd.ms-xpsdocument", "application/oxps"],
        carried: "headings, paragraphs in reading order, lists, tables, links, pictures, page breaks, as of a PDF; facts about the document",
        leftOut: "page layout, running heads and page numbers, drawings, signatures, text that is drawn as shapes",
        reader: { XPSReader() })
}
