// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let xls = Format(
        "xls", "Excel 97-2003 workbook", extensions: ["xls", "xlt", "xla"], mediaTypes: ["application/vnd.ms-excel", "application/msexcel"],
        carried: "every sheet's cells as shown, tables kept apart, merged cells, links, comments, pictures, text boxes, chart data; hidden sheets, rows and columns marked; Excel 2 to 95 too; text in metafiles, embedded documents",
        leftOut: "formulas where their value is stored, conditional formats, page headers, macros, pivot settings, drawings",
        reader: { XLSReader() })
}
