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

    static func send(_ metadata: Metadata, _ blocks: [Block], _ notes: [Note], _ media: [Media], to sink: any DocumentSink) throws(ReadError) {
        do throws(SinkError) {
            try sink.begin(metadata)
            for item in media { try sink.append(item) }
            for (number, block) in blocks.enumerated() {
                try sink.append(block)
                if number % 256 == 255 { try sink.progress(number) }
            }
            for note in notes { try sink.append(note) }
            try sink.finish()
        } catch { throw .sink(error) }
    }
}
