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
    var survey = DOCXSurvey()
    var fonts = OOXMLFonts()
    var diagnostics: Diagnostics
    let media: OOXMLMedia
    private(set) var hasTitle = false
    /// Notes that the text refers to, in the order of first reference.
    private(set) var wanted: [(id: NoteID, kind: DOCXNotes.Kind, source: String)] = []
    private var seen: Set<NoteID> = []
    private var counts: [DOCXNotes.Kind: Int] = [:]
    private var noteNames: [String: NoteID] = [:]

    init(_ package: OOXMLPackage, _ limits: ReadLimits, styles: DOCXStyles, numbering: DOCXNumbering, diagnostics: Diagnostics) {
        self.package = package
        self.limits = limits
        media = OOXMLMedia(package, limits)
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
    func picture(_ part: String) -> MediaID? { media.take(part, &diagnostics) }
}
