// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let xlsb = Format(
        "xlsb", "Excel binary workbook", extensions: ["xlsb"], mediaTypes: ["application/vnd.ms-excel.sheet.binary.macroenabled.12"],
        carried: "every sheet's cells as shown, tables kept apart, merged cells, links, comments, pictures, text boxes, chart data; hidden sheets, rows and columns marked; text in metafiles, embedded documents",
        leftOut: "formulas, marks within a cell's text, conditional formats, page headers, macros, pivot settings, what external workbooks hold",
        reader: { XLSBReader() })
}
