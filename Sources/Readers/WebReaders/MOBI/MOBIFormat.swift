// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let mobi = Format(
        "mobi", "Mobipocket or Kindle book", extensions: ["mobi", "azw", "azw3", "azw4", "prc"],
        mediaTypes: ["application/x-mobipocket-ebook", "application/vnd.amazon.ebook", "application/vnd.amazon.mobi8-ebook"],
        carried: "the text in reading order with headings, lists, tables, emphasis, pictures and cover, facts about the book; books of the KF8 kind too",
        leftOut: "links within the book, styles, fonts, indexes; encrypted books, print replicas",
        reader: { MOBIReader() })
}
