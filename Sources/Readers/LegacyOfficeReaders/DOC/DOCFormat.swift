// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let doc = Format(
        "doc", "Word 97-2003 document", extensions: ["doc", "dot"], mediaTypes: ["application/msword"],
        carried: "headings, numbered and nested lists, tables with spans, links, notes, comments, pictures, text boxes; Word 6 and 95 too, of Word 1 and 2 the text; text in metafiles, embedded documents",
        leftOut: "page layout, macros, objects of other programs, drawings, deleted and hidden text; headers and footers become metadata",
        reader: { DOCReader() })
}
