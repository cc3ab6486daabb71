// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// What the parts of one document share while they are read.
final class DOCXDocument {
    let package: OOXMLPackage
    let members: any MemberReading
    /// Notes of documents that were taken in whole.
    private(set) var foreignNotes: [Note] = []
    let limits: ReadLimits
    let styles: DOCXStyles
    var numbering: DOCXNumbering
    var survey = DOCXSurvey()
    var fonts = OOXMLFonts()
    var diagnostics: Diagnostics
    let media: OOXMLMedia
    let objects: EmbeddedObjects
    private(set) var hasTitle = false
    /// Notes that the text refers to, in the order of first reference.
    private(set) var wanted: [(id: NoteID, kind: DOCXNotes.Kind, source: String)] = []
    private var seen: Set<NoteID> = []
    private var counts: [DOCXNotes.Kind: Int] = [:]
    private var noteNames: [String: NoteID] = [:]

    init(_ package: OOXMLPackage, _ members: any MemberReading, _ limits: ReadLimits, styles: DOCXStyles, numbering: DOCXNumbering, diagnostics: Diagnostics) {
        self.package = package
        self.members = members
        self.limits = limits
        media = OOXMLMedia(package, limits, members.names)
        objects = EmbeddedObjects(members)
        self.styles = styles
        self.numbering = numbering
        self.diagnostics = diagnostics
    }

    func noteTitle() { hasTitle = true }

    func note(_ kind: DOCXNotes.Kind, _ source: String) -> NoteID {
        let key = kind.rawValue + source
        if let known = noteNames[key] { return known }
        counts[kind, default: 0] += 1
        let id = media.names.claim(note: NoteID(kind.prefix + String(counts[kind] ?? 0)))
        noteNames[key] = id
        wanted.append((id, kind, source))
        return id
    }

    /// Another document that stands here as a whole (17.17.2.1), read with the reader of its own format.
    func chunk(_ part: String) -> [Block] {
        // What is wrong with the part is in the diagnostics.
        guard let bytes = try? package.bytes(part, &diagnostics) else {
            diagnostics.report("part-missing", "an embedded document is not in the package or cannot be unpacked")
            return []
        }
        let builder = DocumentBuilder()
        bytes.withUnsafeBytes { read(Member(name: OOXMLPackage.lastName(part), bytes: $0), into: builder) }
        media.add(builder.document.media)
        foreignNotes += builder.document.notes
        return builder.document.blocks
    }

    private func read(_ member: Member, into builder: DocumentBuilder) {
        do {
            let outcome = try members.read(member, .within(level: 0), into: builder, diagnostics: &diagnostics)
            guard case .left(let reason) = outcome else { return }
            diagnostics.report("part-embedded", "an embedded document was left out: \(reason)")
        } catch { diagnostics.report("part-unreadable", "an embedded document could not be read") }
    }
}
