// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// What the parts of one document share while they are read.
final class DOCXDocument {
    let package: OOXMLPackage
    let limits: ReadLimits
    let styles: DOCXStyles
    var numbering: DOCXNumbering
    var diagnostics: Diagnostics
    private(set) var media: [Media] = []
    private(set) var hasTitle = false
    /// Notes that the text refers to, in the order of first reference.
    private(set) var wanted: [(id: NoteID, kind: DOCXNotes.Kind, source: String)] = []
    private var seen: Set<NoteID> = []
    private var names: [String: MediaID] = [:]
    private var counts: [DOCXNotes.Kind: Int] = [:]
    private var noteNames: [String: NoteID] = [:]

    init(_ package: OOXMLPackage, _ limits: ReadLimits, styles: DOCXStyles, numbering: DOCXNumbering, diagnostics: Diagnostics) {
        self.package = package
        self.limits = limits
        self.styles = styles
        self.numbering = numbering
        self.diagnostics = diagnostics
    }

    func noteTitle() { hasTitle = true }

    func note(_ kind: DOCXNotes.Kind, _ source: String) -> NoteID {
        let key = kind.rawValue + source
        if let known = noteNames[key] { return known }
        counts[kind, default: 0] += 1
        let id = NoteID(kind.prefix + String(counts[kind] ?? 0))
        noteNames[key] = id
        wanted.append((id, kind, source))
        return id
    }

    /// Takes a picture's part into the media, once.
    func picture(_ part: String) -> MediaID? {
        if let known = names[part] { return known }
        guard package.has(part) else {
            diagnostics.report("picture-missing", "a picture's part is not in the package")
            return nil
        }
        let name = part.split(separator: "/").last.map(String.init) ?? "image"
        let id = MediaID(names.values.contains { $0.name == name } ? "\(names.count)-" + name : name)
        names[part] = id
        guard limits.wantsMedia else { return id }
        do {
            if let bytes = try package.bytes(part, &diagnostics) { media.append(Media(id: id, mediaType: Self.type(name), bytes: bytes)) }
        } catch {
            diagnostics.report("picture-unreadable", "a picture could not be unpacked")
        }
        return id
    }

    func takeMedia() -> [Media] {
        defer { media = [] }
        return media
    }

    private static func type(_ name: String) -> String {
        switch name.split(separator: ".").last?.lowercased() {
        case "png": "image/png"
        case "jpg", "jpeg", "jfif": "image/jpeg"
        case "gif": "image/gif"
        case "bmp": "image/bmp"
        case "tif", "tiff": "image/tiff"
        case "svg": "image/svg+xml"
        case "webp": "image/webp"
        case "emf": "image/emf"
        case "wmf": "image/wmf"
        default: "application/octet-stream"
        }
    }
}
