// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads Rich Text Format, version 1.0 to 1.9.1.
///
/// Tracked changes are taken as accepted. Headers and footers become metadata, each distinct text once.
package struct RTFReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard !source.bytes.isEmpty else { throw .malformed("the file is empty") }
        guard let start = ByteSearch.first(Array("{\\rtf".utf8), in: UnsafeRawBufferPointer(rebasing: source.bytes.prefix(4_096))) else {
            throw .malformed("content does not begin as RTF does")
        }
        let text = UnsafeRawBufferPointer(rebasing: source.bytes[start...]).bindMemory(to: UInt8.self)
        var parser = RTFParser(text, limits: limits, names: source.members.names, diagnostics: diagnostics)
        parser.read()
        diagnostics = parser.diagnostics
        let objects = EmbeddedObjects(source.members)
        for (number, object) in parser.objects.all.enumerated() {
            objects.add(object.name, at: String(number), loss: "an embedded object was left out") { object.bytes }
        }
        let left = parser.objects.count - parser.objects.all.count
        if left > 0 { diagnostics.report("object-embedded", "an embedded object was left out", count: left) }
        let document = parser.finish()
        do throws(SinkError) {
            try sink.begin(document.metadata)
            for item in document.media { try sink.append(item) }
            for (number, block) in document.blocks.enumerated() {
                try sink.append(block)
                if number % 256 == 255 { try sink.progress(number) }
            }
            for note in document.notes { try sink.append(note) }
            try objects.send(to: sink, &diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
    }
}

extension RTFParser {
    mutating func finish() -> Document {
        var document = Document()
        for name in ["header", "footer"] { metadata.add(name, margins[name, default: []].joined(separator: " | ")) }
        document.metadata = metadata
        document.blocks = flows[0].finish()
        if hasTitle {
            // Under a title every heading is one level lower; the title itself comes with level 0.
            document.blocks = document.blocks.map { block in
                if case .heading(let level, let content) = block { .heading(level: min(level + 1, 9), content) } else { block }
            }
        }
        document.notes = notes
        document.media = pictures.media
        return document
    }
}
