// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Blocks as Markdown one by one, cut where one alone is larger than a chunk.
final class ChunkRenderer {
    private let output = OutputBuffer()
    private let writer: MarkdownWriter
    private let most: Int

    var diagnostics: Diagnostics { writer.diagnostics }

    init(_ options: WriteOptions) {
        var options = options
        options.frontMatter = false
        options.pageMarkers = false
        writer = MarkdownWriter(options: options, output: output)
        most = max(1, options.chunkTokens)
    }

    func take(_ media: Media) throws(SinkError) { try writer.append(media) }

    func text(of block: Block) -> String {
        // The buffer goes nowhere: nothing is refused.
        try? writer.append(block)
        return taken()
    }

    func text(of note: Note) -> String {
        try? writer.append(note)
        return taken()
    }

    func table(_ head: TableHead, _ rows: [Row]) -> String { text(of: .table(Table(head: head, rows: rows))) }

    /// Without the blank lines around it.
    private func taken() -> String {
        let bytes = output.bytes
        output.clear()
        let start = bytes.firstIndex { $0 != 0x0A } ?? bytes.endIndex
        return String(decoding: bytes[start...].trimmed, as: UTF8.self)
    }

    /// One piece, or several when the block is too large.
    func parts(of block: Block, depth: Int = 0) -> [String] {
        let whole = text(of: block)
        guard TokenEstimate.count(whole.utf8) > most else { return [whole] }
        switch block {
        case .list(let list): return listParts(list)
        case .table(let table): return tableParts(table)
        case .code(let code, let language):
            return grouped(code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)) { $0 + "\n" }
                .map { text(of: .code($0.joined(separator: "\n"), language: language)) }
        case .quote(let blocks) where depth < 8: return blocks.flatMap { parts(of: $0, depth: depth + 1) }.map { "> " + $0.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n> ") }
        case .figure(let blocks, let caption) where depth < 8:
            return blocks.flatMap { parts(of: $0, depth: depth + 1) } + (caption.isEmpty ? [] : parts(of: .paragraph(caption)))
        case .definitions(let definitions) where definitions.count > 1: return definitions.flatMap { parts(of: .definitions([$0]), depth: depth + 1) }
        case .heading, .paragraph, .quote, .definitions, .rule, .pageBreak, .figure, .math, .raw: return sentences(whole)
        }
    }

    private func listParts(_ list: List) -> [String] {
        var start = 1
        if case .ordered(let first) = list.marker { start = first }
        var done = 0
        return grouped(list.items) { item in item.blocks.map(PlainText.of).joined(separator: " ") }.flatMap { items in
            let marker = list.marker == .bullet ? List.Marker.bullet : .ordered(start: start + done)
            done += items.count
            let whole = text(of: .list(List(marker, items: items)))
            // One item that alone is too large.
            return items.count == 1 && TokenEstimate.count(whole.utf8) > most ? sentences(whole) : [whole]
        }
    }

    private func tableParts(_ table: Table) -> [String] {
        var head = table.head
        var rows = table.rows
        if head.rows.isEmpty, !rows.isEmpty { head.rows = [rows.removeFirst()] }
        return grouped(rows) { PlainText.of($0) }.map { self.table(head, $0) }
    }

    /// Neighbours together up to the most tokens.
    private func grouped<Part>(_ parts: [Part], _ text: (Part) -> String) -> [[Part]] {
        var groups: [[Part]] = []
        var tokens = 0
        for part in parts {
            let count = TokenEstimate.count(text(part).utf8) + 2
            if groups.isEmpty || tokens + count > most {
                groups.append([])
                tokens = 0
            }
            groups[groups.count - 1].append(part)
            tokens += count
        }
        return groups
    }

    /// Text cut behind sentences, behind words where a sentence is too long, and anywhere where a word is.
    private func sentences(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        var parts: [String] = []
        var start = 0
        while start < bytes.count {
            var quarters = 0
            var at = start
            var (sentence, word) = (start, start)
            while at < bytes.count, quarters <= most * 4 {
                let byte = bytes[at]
                quarters += TokenEstimate.quarters(byte)
                if byte == 0x20 || byte == 0x0A {
                    word = at
                    if byte == 0x0A || at > start && Self.endsSentence(bytes, at) { sentence = at }
                } else if byte == 0x82, at > start + 1, bytes[at - 1] == 0x80, bytes[at - 2] == 0xE3 {
                    sentence = at + 1
                }
                at += 1
            }
            var end = at
            if at < bytes.count {
                end = sentence > start ? sentence : word > start ? word : at
                while end < bytes.count, end > start + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            }
            let part = bytes[start..<end].stripped
            if !part.isEmpty { parts.append(String(decoding: part, as: UTF8.self)) }
            start = max(end, start + 1)
        }
        return parts
    }

    private static func endsSentence(_ bytes: [UInt8], _ space: Int) -> Bool {
        let last = bytes[space - 1]
        return last == UInt8(ascii: ".") || last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
    }
}
