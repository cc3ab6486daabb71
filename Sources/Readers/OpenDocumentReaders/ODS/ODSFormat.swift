// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let ods = Format(
        "ods", "OpenDocument spreadsheet", extensions: ["ods", "ots", "fods"],
        mediaTypes: [
            "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template",
            "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
        ],
        carried: "every sheet's cells as shown, tables kept apart, merged cells, links, comments, pictures, form controls, chart data; hidden sheets, rows and columns marked; text in metafiles, embedded documents",
        leftOut: "formulas where their value is stored, conditional formats, page headers, macros, pivot settings",
        reader: { ODSReader() })
}
