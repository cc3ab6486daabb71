// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding
import XMLTree
import ZipArchive

/// What the parts of one document share while they are read.
final class ODFDocument {
    let package: ODFPackage
    let limits: ReadLimits
    let objects: EmbeddedObjects
    var styles = ODFStyles()
    var forms = ODFForms()
    var diagnostics: Diagnostics
    private(set) var hasTitle = false
    /// Notes in the order of their references.
    private(set) var notes: [Note] = []
    private var counts: [ODFNoteKind: Int] = [:]
    private var media: [Media] = []
    /// The picture of each part.
    private var pictures: [String: MediaID] = [:]
    /// What is written in pictures that are metafiles.
    private var texts: [MediaID: String] = [:]
    /// Pictures written into the document itself.
    private var inlinePictures = 0

    init(_ package: ODFPackage, _ members: any MemberReading, _ limits: ReadLimits, diagnostics: Diagnostics) {
        objects = EmbeddedObjects(members)
        self.package = package
        self.limits = limits
        self.diagnostics = diagnostics
    }

    func noteTitle() { hasTitle = true }

    /// A new note's id; its text is given to `add`.
    func note(_ kind: ODFNoteKind) -> NoteID {
        counts[kind, default: 0] += 1
        return objects.names.claim(note: NoteID(kind.prefix + String(counts[kind] ?? 0)))
    }

    func add(_ note: Note) { notes.append(note) }

    func takeNotes() -> [Note] {
        defer { notes = [] }
        return notes
    }

    func takeMedia() -> [Media] {
        defer { media = [] }
        return media
    }

    /// A picture by its part, taken once, with what is written in it; nil when it is not there.
    func picture(_ part: String, mediaType: String?, alternative: String) -> Image? {
        if let known = pictures[part] { return image(known, alternative) }
        guard package.has(part) else { return nil }
        let stored = part.split(separator: "/").last.map(String.init) ?? "image"
        let packed = PackedPicture(name: stored)
        let id = objects.names.claim(packed?.name ?? stored)
        pictures[part] = id
        let isMetafile = MetafileText.isLikely(id.name)
        if limits.wantsMedia || isMetafile, let stored = package.optionalBytes(part, &diagnostics) {
            guard let bytes = packed.map({ $0.unpacked(stored, most: limits.unpackedBytes) }) ?? stored else {
                diagnostics.report("picture-unreadable", "a picture could not be unpacked")
                return image(id, alternative)
            }
            let mediaType = packed == nil ? mediaType : nil
            if isMetafile { texts[id] = MetafileText.line(bytes) }
            if limits.wantsMedia { media.append(Media(id: id, mediaType: mediaType ?? ODFMediaType.named(id.name) ?? ODFMediaType.sniffed(bytes), bytes: bytes)) }
        }
        return image(id, alternative)
    }

    /// A picture written into the document itself.
    func picture(base64 text: String, mediaType: String?, alternative: String) -> Image? {
        inlinePictures += 1
        guard limits.wantsMedia else { return image(objects.names.claim("image\(inlinePictures)"), alternative) }
        let bytes = Base64Text.bytes(text.utf8)
        guard !bytes.isEmpty else { return nil }
        let type = mediaType ?? ODFMediaType.sniffed(bytes)
        let id = objects.names.claim("image\(inlinePictures)" + (ODFMediaType.nameExtension(of: type).map { "." + $0 } ?? ""))
        if MetafileText.isLikely(type) { texts[id] = MetafileText.line(bytes) }
        media.append(Media(id: id, mediaType: type, bytes: bytes))
        return image(id, alternative)
    }

    private func image(_ id: MediaID, _ alternative: String) -> Image {
        Image(.media(id), alternative: MetafileText.alternative(alternative, texts[id] ?? ""))
    }

    /// Takes an embedded document (10.4.6), to be read behind the text; false when it is not in the package.
    func takeObject(_ element: XMLElement) -> Bool {
        guard let part = element.attribute(.xlink_href).flatMap(ODFAddress.part) else { return false }
        let name = part.split(separator: "/").last.map(String.init) ?? "object"
        let loss = "an embedded object was left out"
        if let kind = package.kind(ofFolder: part) {
            objects.add("\(name).\(kind)", at: part, loss: loss) { [package] in package.document(inFolder: part, kind: kind) }
            return true
        }
        guard package.has(part) else { return false }
        objects.add(name, at: part, loss: loss) { [package] in
            var faults = Diagnostics()
            return package.optionalBytes(part, &faults)
        }
        return true
    }
}

enum ODFNoteKind: Hashable {
    case footnote, endnote, comment

    var prefix: String {
        switch self {
        case .footnote: ""
        case .endnote: "e"
        case .comment: "c"
        }
    }
}

/// Media types of pictures, by the file's name or its first bytes.
enum ODFMediaType {
    private static let types = [
        ("png", "image/png"), ("jpg", "image/jpeg"), ("jpeg", "image/jpeg"), ("gif", "image/gif"), ("bmp", "image/bmp"), ("tif", "image/tiff"), ("tiff", "image/tiff"),
        ("svg", "image/svg+xml"), ("webp", "image/webp"), ("emf", "image/emf"), ("wmf", "image/wmf"), ("pdf", "application/pdf"),
    ]

    static func named(_ name: String) -> String? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        return types.first { $0.0 == ending }?.1
    }

    static func nameExtension(of type: String) -> String? { types.first { $0.1 == type }?.0 }

    static func sniffed(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: "GIF8".utf8) { return "image/gif" }
        if bytes.starts(with: "<svg".utf8) || bytes.starts(with: "<?xml".utf8) { return "image/svg+xml" }
        return "application/octet-stream"
    }
}
