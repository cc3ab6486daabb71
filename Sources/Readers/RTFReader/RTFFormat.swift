// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let rtf = Format(
        "rtf", "Rich Text Format", extensions: ["rtf"], mediaTypes: ["application/rtf", "text/rtf", "text/richtext"],
        carried: "headings, numbered and nested lists, tables with spans and tables in tables, links, notes, comments, pictures, text boxes; text in metafiles, embedded documents",
        leftOut: "page layout, objects of other programs, deleted and hidden text; headers and footers become metadata",
        reader: { RTFReader() })
}
