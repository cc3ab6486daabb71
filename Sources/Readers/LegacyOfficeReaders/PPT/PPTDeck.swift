// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree

/// The parts of one presentation: its slides in order, and what they share ([MS-PPT] 2.1.2, 2.4).
///
/// The streams belong to `PPTReader`, which outlives it.
final class PPTDeck {
    struct Slide {
        var record: OfficeArtRecord
        /// Texts that the slide's shapes refer to.
        var texts: [PPTTextBody]
    }

    let stream: LittleEndianBytes
    let pictures: LittleEndianBytes
    let limits: ReadLimits
    var diagnostics: Diagnostics
    var media: LegacyMedia
    private(set) var slides: [Slide] = []
    private(set) var fonts: [Int: String] = [:]
    private(set) var links: [Int: String] = [:]
    private var notes: [Int: OfficeArtRecord] = [:]
    /// Where the records of slides lie that were taken; each stands once.
    private var taken: Set<Int> = []
    /// Automatic numbers of the outline's texts, by slide and kind of text.
    private var numberings: [Int: [Int: [PPTNumbering]]] = [:]
    private var styles: [Int: PPTMasterStyles] = [:]
    private var defaults = PPTMasterStyles()
    private var store: [OfficeArtRecord] = []
    private let objects: PPTObjects

    init(_ stream: LittleEndianBytes, pictures: LittleEndianBytes, objects: PPTObjects, limits: ReadLimits, names: MediaNames, diagnostics: Diagnostics) throws(ReadError) {
        self.stream = stream
        self.pictures = pictures
        self.objects = objects
        self.limits = limits
        self.diagnostics = diagnostics
        media = LegacyMedia(limits, names)
        guard let document = objects.document else { throw .malformed("it has no document record") }
        readShared(document)
        readMasters(document)
        try readSlides(document)
        readNotes(document)
    }

    private func readShared(_ document: OfficeArtRecord) {
        for child in document.children {
            switch child.type {
            case PPTType.environment:
                for font in child.first(PPTType.fonts)?.children ?? OfficeArtRecords(child.content.clipped(0, 0)) where font.type == PPTType.font {
                    fonts[font.instance] = PPTTextBody.string(font.content.clipped(0, 64))
                }
                defaults = PPTMasterStyles(child)
            case PPTType.externalObjects: for object in child.children where object.type == PPTType.hyperlink { readLink(object) }
            case PPTType.drawingGroup:
                store = child.first(OfficeArtType.drawingGroup)?.first(OfficeArtType.store).map { Array($0.children.prefix(65_536)) } ?? []
            case PPTType.documentTags: if let tags = child.first(PPTType.tags) { readNumberings(PPTShape.tag(tags, PPTType.outlineStyles9)) }
            default: break
            }
        }
    }

    /// [MS-PPT] 2.9.66: a head with slide and kind, then the numbers.
    private func readNumberings(_ record: OfficeArtRecord?) {
        guard let record else { return }
        var place: (slide: Int, kind: Int)?
        for child in record.children {
            if child.type == PPTType.outlineHeader9, let slide = child.content.long(0), let kind = child.content.long(4) {
                place = (slide, kind)
            } else if child.type == PPTType.style9, let (slide, kind) = place {
                numberings[slide, default: [:]][kind] = PPTNumbering.all(child)
            }
        }
    }

    /// [MS-PPT] 2.10.16: a place within the presentation has no address outside of it.
    private func readLink(_ record: OfficeArtRecord) {
        guard let id = record.first(PPTType.hyperlinkAtom)?.content.long(0) else { return }
        var target = "", place = ""
        for child in record.children where child.type == PPTType.string {
            if child.instance == 1 { target = PPTTextBody.string(child.content) } else if child.instance == 3 { place = PPTTextBody.string(child.content) }
        }
        if !target.isEmpty { links[id] = place.isEmpty || target.contains("#") ? target : target + "#" + place }
    }

    private func readMasters(_ document: OfficeArtRecord) {
        for entry in persists(document, list: 1) {
            if let record = entry.record, record.type == PPTType.master { styles[entry.id] = PPTMasterStyles(record) }
        }
    }

    private func readNotes(_ document: OfficeArtRecord) {
        for entry in persists(document, list: 2) { if let record = entry.record, record.type == PPTType.notes { notes[entry.id] = record } }
    }

    private func readSlides(_ document: OfficeArtRecord) throws(ReadError) {
        var entries = persists(document, list: 0)
        if entries.allSatisfy({ $0.record?.type != PPTType.slide }), case let loose = objects.loose(PPTType.slide), !loose.isEmpty {
            diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong")
            entries = []
            slides = loose.prefix(limits.pages).map { Slide(record: $0, texts: []) }
        }
        guard entries.count <= limits.pages else { throw .pages("the presentation has more than \(limits.pages) slides") }
        for var entry in entries {
            for place in entry.texts.indices { entry.texts[place].numberings = numberings[entry.id]?[entry.texts[place].kind] ?? [] }
            if let record = entry.record, record.type == PPTType.slide, taken.insert(record.start).inserted {
                slides.append(Slide(record: record, texts: entry.texts))
            } else {
                diagnostics.report("slide-missing", "a slide is not in the file; its outline was taken")
                slides.append(Slide(record: document, texts: entry.texts))
            }
        }
    }

    private struct Persist {
        var id: Int
        var record: OfficeArtRecord?
        var texts: [PPTTextBody] = []
    }

    /// A list of slides, masters or notes ([MS-PPT] 2.4.14), with the texts that stand between its entries.
    private func persists(_ document: OfficeArtRecord, list: Int) -> [Persist] {
        var out: [Persist] = []
        for container in document.children where container.type == PPTType.slideList && container.instance == list {
            var texts = PPTTextReader()
            func finish() { if let last = out.indices.last { out[last].texts = texts.finish() } }
            for child in container.children {
                if child.type == PPTType.slidePersist {
                    finish()
                    texts = PPTTextReader()
                    let record = child.content.long(0).flatMap { objects.record($0) }
                    out.append(Persist(id: child.content.long(12) ?? -1, record: record))
                } else {
                    texts.read(child)
                }
            }
            finish()
        }
        return out
    }

    /// A slide's notes; to be asked for once.
    func notes(of slide: OfficeArtRecord) -> OfficeArtRecord? {
        slide.first(PPTType.slideAtom)?.content.long(16).flatMap { $0 == 0 ? nil : notes.removeValue(forKey: $0) }
    }

    /// What a paragraph of a kind of text looks like where it says nothing itself.
    func hasBullet(_ kind: Int, level: Int, master: Int?) -> Bool {
        (master.flatMap { styles[$0] } ?? styles.first?.value)?.hasBullet(kind, level) ?? defaults.hasBullet(kind, level) ?? (kind == 1 || kind > 6)
    }

    /// The picture with a number in the store ([MS-PPT] 2.1.3: the pictures themselves lie in a stream of their own).
    func image(_ number: Int, _ alternative: String) -> Image? {
        guard number > 0, number <= store.count else { return nil }
        if let known = media.image(from: number, alternative: alternative) { return known }
        let entry = store[number - 1]
        let record = OfficeArtPicture.embedded(entry) ?? OfficeArtPicture.offset(entry).flatMap { OfficeArtRecord(pictures, at: $0) }
        guard let record, let picture = OfficeArtPicture(record) else {
            diagnostics.report("picture-unsupported", "a picture is in a format that is left out")
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative)
        }
        return media.take(picture, from: number, alternative: alternative)
    }
}
