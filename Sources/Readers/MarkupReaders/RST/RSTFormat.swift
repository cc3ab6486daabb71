// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let rst = Format(
        "rst", "reStructuredText", extensions: ["rst", "rest"],
        mediaTypes: ["text/x-rst", "text/prs.fallenstein.rst"],
        carried: "headings, lists, fields, tables of all four kinds with spans, code, quotes, notes, links, pictures, formulas, admonitions",
        leftOut: "comments, included files, contents lists, directives that only a program can carry out",
        reader: { RSTReader() })
}
