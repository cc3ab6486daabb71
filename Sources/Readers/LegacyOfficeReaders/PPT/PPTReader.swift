// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
package import DocumentReading
package import DocumentTree

/// Reads PowerPoint presentations of the binary kind ([MS-PPT]): PowerPoint 97 to 2003.
///
///     Current User ─ PPTSaves, PPTObjects ▶ where each object is ─ PPTDeck ▶ slides ─ PPTSlide ─ PPTShape, PPTText ▶ blocks
///
/// Slides come in the order of the show, each as its title, its shapes in reading order, its notes and its comments.
package struct PPTReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let compound = try LegacyPackage.open(source, &diagnostics)
        // Files for two versions keep the newer one in a storage of its own.
        let folder = ["PP97_DUALSTORAGE/", ""].first { compound.entry(at: $0 + "PowerPoint Document") != nil }
        guard let folder, var stream = StreamBytes(compound, folder + "PowerPoint Document") else {
            throw compound.entry(named: "PP40") != nil ? Self.tooOld : .malformed("it has no stream PowerPoint Document")
        }
        if stream.isDamaged { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
        let user = StreamBytes(compound, folder + "Current User")
        var pictures = StreamBytes(compound, folder + "Pictures") ?? StreamBytes([])
        let saves = withExtendedLifetime((stream, user)) { PPTSaves(stream.fields, currentUser: user?.fields) }
        if let encryption = try PPTEncryption(stream.fields, saves, currentUser: user?.fields, passwords: limits.passwords) {
            stream = StreamBytes(encryption.presentation(stream.fields))
            pictures = StreamBytes(encryption.pictures(pictures.fields))
        }
        var failure: ReadError?
        withExtendedLifetime((stream, user, pictures)) {
            do throws(ReadError) {
                let objects = PPTObjects(stream.fields, saves)
                // PowerPoint 95 keeps its records under the same name, and beside them what 97 no longer has.
                if objects.document == nil, compound.entry(at: folder + "PersistentStorage Directory") != nil || compound.entry(at: folder + "Text_Content") != nil {
                    throw Self.tooOld
                }
                let deck = try PPTDeck(stream.fields, pictures: pictures.fields, objects: objects, limits: limits, names: source.members.names, diagnostics: diagnostics)
                defer { diagnostics = deck.diagnostics }
                try send(deck, PPTEmbedded.objects(objects, source.members, &deck.diagnostics), LegacyProperties.read(compound), to: sink)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static let tooOld = ReadError.unsupported("content is a presentation of PowerPoint 95 or older, which no reader takes")

    private func send(_ deck: PPTDeck, _ objects: EmbeddedObjects, _ metadata: Metadata, to sink: any DocumentSink) throws(ReadError) {
        do throws(SinkError) {
            try sink.begin(metadata)
            for (index, slide) in deck.slides.enumerated() {
                let blocks = PPTSlide(deck, slide).blocks()
                for media in deck.media.release() { try sink.append(media) }
                if index > 0 { try sink.append(.pageBreak(page: index + 1)) }
                for block in blocks { try sink.append(block) }
                try sink.progress(index + 1)
            }
            try objects.send(to: sink, &deck.diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
    }
}
