// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
package import DocumentReading
package import DocumentTree

/// Reads Word documents of the binary kind ([MS-DOC]): Word 97 to 2003, Word 6 and 95 with less of their structure, and of Word 1 and 2 the text.
///
/// Tracked changes are taken as accepted. Headers and footers become metadata, each distinct text once.
package struct DOCReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        if let old = try DOCOldFile.modern(LittleEndianBytes(source.bytes), &diagnostics) {
            return try read(StreamBytes(old), nil, source, limits, sink, &diagnostics)
        }
        let compound = try LegacyPackage.open(source, &diagnostics)
        guard let word = StreamBytes(compound, "WordDocument") else { throw .malformed("it has no stream WordDocument") }
        try read(word, compound, source, limits, sink, &diagnostics)
    }

    /// - Parameter compound: nil for a document that is one stream.
    private func read(
        _ stream: StreamBytes, _ compound: CompoundFile?, _ source: Source, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var word = stream
        var encryption: DOCEncryption?
        if let compound { encryption = try DOCEncryption(word.fields, compound, passwords: limits.passwords) }
        if let encryption { word = StreamBytes(encryption.word(word.fields)) }
        let header = try DOCHeader(word.fields)
        let named = compound.flatMap { StreamBytes($0, header.tableName) ?? StreamBytes($0, header.tableName == "1Table" ? "0Table" : "1Table") }
        // Without the stream of tables the text is still where the header says, in one piece if all is well.
        let spare = compound?.isDamaged == true ? StreamBytes([]) : nil
        guard var table = header.isOld ? word : named ?? spare else {
            throw .malformed("it has no stream \(header.tableName)")
        }
        var data = compound.flatMap { StreamBytes($0, "Data") } ?? StreamBytes([])
        if let encryption, !header.isOld {
            table = StreamBytes(encryption.stream(table.fields))
            data = StreamBytes(encryption.stream(data.fields))
        }
        if word.isDamaged || table.isDamaged { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
        var metadata = compound.map { LegacyProperties.read($0) } ?? Metadata()
        let file = DOCFile(word: word.fields, table: table.fields, data: data.fields, header: header, limits: limits, names: source.members.names, diagnostics: diagnostics)
        let (blocks, notes) = withExtendedLifetime((word, table, data)) { Self.blocks(file) }
        for (name, texts) in withExtendedLifetime((word, table, data), { Self.margins(file) }) { metadata.add(name, texts) }
        diagnostics = file.diagnostics
        let objects = EmbeddedObjects(source.members)
        var taken = 0
        if let compound, let pool = compound.entry(named: "ObjectPool") { taken = LegacyPackage.takeObjects(in: pool, of: compound, into: objects) { _ in true } }
        if file.objects > taken { diagnostics.report("object-embedded", "an embedded object was left out", count: file.objects - taken) }
        try LegacyPackage.send(metadata, blocks, notes, file.media.release(), objects, to: sink, &diagnostics)
    }

    private static func blocks(_ file: DOCFile) -> ([Block], [Note]) {
        if file.pieces.missing > 0 { file.diagnostics.report("text-missing", "a part of the text is not in the file") }
        let body = DOCBody(file)
        body.marks = (file.bookmarks.marks + file.notes.ownMarks(file)).sorted { $0.place < $1.place }[...]
        var blocks = body.blocks(from: 0, to: file.header.lengths[0])
        if body.fields.isOpen { file.diagnostics.report("field-unclosed", "a field never ends; text behind its beginning may be missing") }
        for (start, end) in file.drawings.rest() { blocks += DOCBody(file).blocks(from: start, to: end) }
        if file.header.isOld {
            let start = file.header.start(of: .boxes)
            blocks += DOCBody(file).blocks(from: start, to: start &+ file.header.lengths[DOCHeader.Story.boxes.rawValue])
        }
        return (blocks, file.notes.read(file))
    }

    /// The distinct texts of all headers and footers ([MS-DOC] 2.8.22): six for each section, behind six for notes.
    private static func margins(_ file: DOCFile) -> [(String, String)] {
        let plex = DOCPlex(file.header.part(.headers, in: file.table), size: 0)
        let start = file.header.start(of: .headers)
        var texts: [[String]] = [[], []]
        for index in 6..<min(max(plex.count, 6), 6 + 6 * 100) {
            let (from, to) = (plex.position(index), plex.position(index + 1))
            guard from < to else { continue }
            let text = Blocks.line(DOCBody(file).blocks(from: start &+ from, to: start &+ to))
            let kind = [0, 1, 4].contains(index % 6) ? 0 : 1
            if !text.isEmpty, !texts[kind].contains(text) { texts[kind].append(text) }
        }
        return [("header", texts[0].joined(separator: " | ")), ("footer", texts[1].joined(separator: " | "))]
    }
}
