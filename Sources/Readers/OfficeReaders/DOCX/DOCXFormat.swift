// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let docx = Format(
        "docx", "Word document", extensions: ["docx", "docm", "dotx", "dotm"],
        mediaTypes: [
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "application/vnd.ms-word.document.macroenabled.12", "application/vnd.ms-word.template.macroenabled.12",
        ],
        carried: "headings, numbered and nested lists, tables with spans, links, notes, comments, pictures, text boxes, equations, chart data; text in metafiles, embedded documents",
        leftOut: "page layout, macros, objects of other programs, deleted and hidden text; headers and footers become metadata",
        reader: { DOCXReader() })
}
