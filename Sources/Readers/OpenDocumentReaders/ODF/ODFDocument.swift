// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding
import XMLTree

/// What the parts of one document share while they are read.
final class ODFDocument {
    let package: ODFPackage
    let limits: ReadLimits
    var styles = ODFStyles()
    var diagnostics: Diagnostics
    private(set) var hasTitle = false
    /// Notes in the order of their references.
    private(set) var notes: [Note] = []
    private var counts: [ODFNoteKind: Int] = [:]
    private var media: [Media] = []
    private var names: [String: MediaID] = [:]
    private var taken: Set<String> = []

    init(_ package: ODFPackage, _ limits: ReadLimits, diagnostics: Diagnostics) {
        self.package = package
        self.limits = limits
        self.diagnostics = diagnostics
    }

    func noteTitle() { hasTitle = true }

    /// A new note's id; its text is given to `add`.
    func note(_ kind: ODFNoteKind) -> NoteID {
        counts[kind, default: 0] += 1
        return NoteID(kind.prefix + String(counts[kind] ?? 0))
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

    /// Takes a picture's part into the media, once; nil when it is not there.
    func picture(_ part: String, mediaType: String?) -> MediaID? {
        if let known = names[part] { return known }
        guard package.has(part) else { return nil }
        let id = name(part.split(separator: "/").last.map(String.init) ?? "image")
        names[part] = id
        guard limits.wantsMedia else { return id }
        if let bytes = package.optionalBytes(part, &diagnostics) {
            media.append(Media(id: id, mediaType: mediaType ?? ODFMediaType.named(id.name) ?? ODFMediaType.sniffed(bytes), bytes: bytes))
        }
        return id
    }

    /// Takes a picture written into the document itself.
    func picture(base64 text: String, mediaType: String?) -> MediaID? {
        guard limits.wantsMedia else { return name("image\(taken.count + 1)") }
        let bytes = Base64Text.bytes(text.utf8)
        guard !bytes.isEmpty else { return nil }
        let type = mediaType ?? ODFMediaType.sniffed(bytes)
        let id = name("image\(taken.count + 1)" + (ODFMediaType.nameExtension(of: type).map { "." + $0 } ?? ""))
        media.append(Media(id: id, mediaType: type, bytes: bytes))
        return id
    }

    private func name(_ wanted: String) -> MediaID {
        let plain = wanted.isEmpty ? "image" : wanted
        let name = taken.contains(plain) ? "\(taken.count)-" + plain : plain
        taken.insert(name)
        return MediaID(name)
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
