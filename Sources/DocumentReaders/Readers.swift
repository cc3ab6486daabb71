// SPDX-License-Identifier: Apache-2.0
import TextDecoding

/// The one registry of readers. A new format is a folder and an entry here.
package enum Readers {
    package static let all: [Format] = [
        Format(
            "html", "HTML and XHTML page", extensions: ["html", "htm", "xhtml", "xht"],
            mediaTypes: ["text/html", "application/xhtml+xml"],
            carried: "headings, nested lists, tables with spans, links, code, pictures, formulas",
            leftOut: "scripts, styles, frames, hidden parts, states of forms",
            reader: { HTMLReader() }),
        Format(
            "docx", "Word document", extensions: ["docx", "docm", "dotx", "dotm"],
            mediaTypes: [
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
                "application/vnd.ms-word.document.macroenabled.12", "application/vnd.ms-word.template.macroenabled.12",
            ],
            carried: "headings, numbered and nested lists, tables with spans, links, notes, comments, pictures, text boxes, equations, chart data",
            leftOut: "page layout, macros, embedded objects, deleted and hidden text; headers and footers become metadata",
            reader: { DOCXReader() }),
        Format(
            "csv", "delimited text", extensions: ["csv", "tsv", "tab", "psv"],
            mediaTypes: ["text/csv", "text/tab-separated-values", "application/csv"],
            carried: "one table, any delimiter and charset", leftOut: "nothing",
            reader: { CSVReader() }),
        Format(
            "txt", "plain text", extensions: ["txt", "text", "log", "asc", "srt", "vtt", "rst", "org", "tex"],
            mediaTypes: ["text/plain"],
            carried: "the text as it is, from any charset", leftOut: "control characters",
            verbatimIn: ["md", "txt"], reader: { PlainTextReader() }),
        Format(
            "md", "Markdown", extensions: ["md", "markdown", "mdown", "mkd"],
            mediaTypes: ["text/markdown", "text/x-markdown"],
            carried: "the text as it is; for other outputs headings, lists, tables, code, links", leftOut: "control characters",
            verbatimIn: ["md"], reader: { MarkdownReader() }),
        Format(
            "json", "JSON and JSON lines", extensions: ["json", "jsonl", "ndjson", "geojson", "jsonld", "har"],
            mediaTypes: ["application/json", "application/x-ndjson", "application/jsonl", "text/json"],
            carried: "the text as it is, as code", leftOut: "nothing",
            reader: { JSONReader() }),
        Format(
            "xml", "XML, RSS and Atom", extensions: ["xml", "rss", "atom", "xsd", "xsl", "xslt", "wsdl", "kml", "gpx", "opml"],
            mediaTypes: ["application/xml", "text/xml", "application/rss+xml", "application/atom+xml"],
            carried: "feeds as headings and text, other documents as they are", leftOut: "entities of the document's own",
            reader: { XMLReader() }),
    ]

    /// Loads what a locked process can no longer load.
    package static func warmUp() { Converters.warmUp() }

    package static func format(named name: String) -> Format? { byName[name] }
    package static func format(extension name: String) -> Format? { byExtension[name] }
    package static func format(mediaType: String) -> Format? { byMediaType[mediaType] }

    private static let byName = table { [$0.name] }
    private static let byExtension = table(\.extensions)
    private static let byMediaType = table(\.mediaTypes)

    private static func table(_ keys: (Format) -> [String]) -> [String: Format] {
        Dictionary(all.flatMap { format in keys(format).map { ($0, format) } }, uniquingKeysWith: { first, _ in first })
    }
}
