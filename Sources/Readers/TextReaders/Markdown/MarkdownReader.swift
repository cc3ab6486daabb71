// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import TextDecoding

/// Reads Markdown's common blocks for outputs of other languages: headings, lists, tables, code, quotes, rules.
///
/// Left as text: HTML within the Markdown, reference links, tables in lists. Markdown outputs get the text as it is instead.
package struct MarkdownReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let text = TextReading.whole(source, &diagnostics)
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        var metadata = Metadata()
        if let front = MarkdownFrontMatter(lines[...]) {
            for (name, value) in front.fields { metadata.add(name, value) }
            lines.removeFirst(front.count)
        }
        do throws(SinkError) {
            try sink.begin(metadata)
            for block in MarkdownBlocks.parse(lines, depth: 0) { try sink.append(block) }
            try sink.finish()
        } catch {
            throw .sink(error)
        }
    }
}

/// YAML front matter's plain `name: value` lines.
private struct MarkdownFrontMatter {
    var fields: [(String, String)] = []
    /// Lines, the marks among them.
    var count: Int

    init?(_ lines: ArraySlice<ArraySlice<UInt8>>) {
        guard let first = lines.first, first.elementsEqual("---".utf8),
            let end = lines.dropFirst().prefix(200).firstIndex(where: { $0.elementsEqual("---".utf8) || $0.elementsEqual("...".utf8) })
        else { return nil }
        count = end + 1
        for line in lines[1..<end] {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.first != 0x20, line.first != UInt8(ascii: "-") else { continue }
            let value = MarkdownLine.stripped(line[(colon + 1)...])
            let isQuoted = value.count > 1 && value.first == value.last && (value.first == UInt8(ascii: "\"") || value.first == UInt8(ascii: "'"))
            fields.append((String(decoding: line[..<colon], as: UTF8.self).lowercased(), String(decoding: isQuoted ? value.dropFirst().dropLast() : value, as: UTF8.self)))
        }
    }
}
