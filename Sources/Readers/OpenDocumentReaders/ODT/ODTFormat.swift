// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let odt = Format(
        "odt", "OpenDocument text", extensions: ["odt", "ott", "fodt"],
        mediaTypes: [
            "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template", "application/vnd.oasis.opendocument.text-flat-xml",
        ],
        carried: "headings, numbered and nested lists, tables with spans, links, notes, comments, pictures, text boxes, formulas, form controls, chart data; text in metafiles, embedded documents",
        leftOut: "page layout, macros, objects of other programs, deleted and hidden text; headers and footers become metadata",
        reader: { ODTReader() })
}
