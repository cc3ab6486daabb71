// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let jats = Format(
        "jats", "scholarly article in JATS XML", extensions: ["jats", "nxml"], mediaTypes: ["application/jats+xml"],
        carried: "title, authors and affiliations, abstract, sections as headings, lists, tables with spans, figures with captions, formulas, notes, references, facts about the article",
        leftOut: "dates and numbers of the publishing, licences, links from citations to references",
        reader: { ArticleReader(.jats) })

    package static let docbook = Format(
        "docbook", "DocBook article or book", extensions: ["docbook", "dbk"], mediaTypes: ["application/docbook+xml"],
        carried: "title, authors, sections as headings, lists, tables with spans, code, admonitions, figures, formulas, notes, links, synopses, glossaries",
        leftOut: "indexes, remarks, revisions and other facts of the publishing, included files",
        reader: { ArticleReader(.docbook) })
}
