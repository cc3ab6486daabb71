// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree

/// What the three readers do alike at their beginning and end.
enum LegacyPackage {
    static func open(_ source: Source, _ diagnostics: inout Diagnostics) throws(ReadError) -> CompoundFile {
        let compound: CompoundFile
        do { compound = try CompoundFile(source.bytes) } catch { throw .malformed(error.reason) }
        if compound.entry(named: "EncryptedPackage") != nil || compound.entry(named: "\u{9}DRMContent") != nil {
            throw .encrypted("the document is protected by a password or by rights management")
        }
        if compound.isDamaged { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
        return compound
    }

    /// Takes the objects of a storage's storages, to be read behind the document; how many there are.
    static func takeObjects(in storage: CompoundEntry, of file: CompoundFile, into objects: EmbeddedObjects, where isWanted: (String) -> Bool) -> Int {
        var count = 0
        for child in file.children(of: storage).prefix(10_000) where child.kind == .storage && isWanted(child.name) {
            guard let object = OLEObject(file, child) else { continue }
            objects.add(object.documentName, at: file.path(of: child), loss: "an embedded object was left out") { object.document }
            count += 1
        }
        return count
    }

    static func send(
        _ metadata: Metadata, _ blocks: [Block], _ notes: [Note], _ media: [Media], _ objects: EmbeddedObjects, to sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(ReadError) {
        do throws(SinkError) {
            try sink.begin(metadata)
            for item in media { try sink.append(item) }
            for (number, block) in blocks.enumerated() {
                try sink.append(block)
                if number % 256 == 255 { try sink.progress(number) }
            }
            for note in notes { try sink.append(note) }
            try objects.send(to: sink, &diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
    }
}
