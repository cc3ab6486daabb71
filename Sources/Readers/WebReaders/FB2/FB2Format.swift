// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let fb2 = Format(
        "fb2", "FictionBook", extensions: ["fb2", "fbz"], mediaTypes: ["application/x-fictionbook+xml", "text/fb2+xml", "application/fb2"],
        carried: "sections as headings, poems, epigraphs, quotes, notes, tables, links, pictures and cover, facts about the book",
        leftOut: "style sheets, genres, the history of the file",
        reader: { FB2Reader() })
}
