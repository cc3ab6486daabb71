// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let xlsx = Format(
        "xlsx", "Excel workbook", extensions: ["xlsx", "xlsm", "xltx", "xltm", "xlam"],
        mediaTypes: [
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            "application/vnd.ms-excel.sheet.macroenabled.12", "application/vnd.ms-excel.template.macroenabled.12",
            "application/vnd.ms-excel.addin.macroenabled.12",
        ],
        carried: "every sheet's cells as shown, tables kept apart, merged cells, links, comments, pictures, text boxes, form controls, chart data; hidden sheets, rows and columns marked; text in metafiles, embedded documents",
        leftOut: "formulas where their value is stored, conditional formats, page headers, macros, pivot settings, what external workbooks hold",
        reader: { XLSXReader() })
}
