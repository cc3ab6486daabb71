// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let pdf = Format(
        "pdf", "PDF document", extensions: ["pdf"], mediaTypes: ["application/pdf", "application/x-pdf"],
        carried: "headings, paragraphs in reading order, nested lists, tables with spans, code, footnotes, links, figures with their captions, form fields and their values, remarks that people put on pages, page breaks",
        leftOut: "page layout, running heads and page numbers, watermarks, hidden text, drawings; pages without text need OCR",
        reader: { PDFReader() })
}
