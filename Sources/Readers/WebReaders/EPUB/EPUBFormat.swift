// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let epub = Format(
        "epub", "EPUB book", extensions: ["epub"], mediaTypes: ["application/epub+zip"],
        carried: "chapters in reading order, headings, notes, links within the book, pictures and cover, tables, page numbers, facts about the book",
        leftOut: "fonts and styles, sound and film, scripts, tables of contents that are no page of the book; encrypted books",
        reader: { EPUBReader() })
}
