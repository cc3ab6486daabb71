// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let tex = Format(
        "tex", "LaTeX", extensions: ["tex", "latex", "ltx"],
        mediaTypes: ["application/x-tex", "application/x-latex", "text/x-tex"],
        carried: "title, headings, lists, tables with spans, figures, code, formulas as LaTeX, notes, links, emphasis, accents, the text's own simple commands",
        leftOut: "comments, included files, drawings, bibliographies of other files, numbers of references, layout",
        reader: { TeXReader() })
}
