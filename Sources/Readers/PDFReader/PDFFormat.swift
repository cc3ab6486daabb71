// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let pdf = Format(
        "pdf", "PDF document", extensions: ["pdf"], mediaTypes: ["application/pdf", "application/x-pdf"],
        carried: "headings, paragraphs in reading order, nested lists, tables with spans, code, footnotes, links, figures, form fields and their values, page breaks",
        leftOut: "page layout, running heads and page numbers, watermarks, hidden text, drawings, comments that people put on pages; pages without text need OCR",
        reader: { PDFReader() })
}
