// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentTree

// Places that links lead to: anchors, notes, the pages of the printed book.
extension HTMLWalk {
    /// Takes an element that is a note, a page's number or the way back from a note; true when it was taken.
    func enterTarget(_ node: HTMLNode, _ role: HTMLRole) -> Bool {
        if !targets.isEmpty, let name = node.attribute("id") ?? (node.tag == GUMBO_TAG_A ? node.attribute("name") : nil) {
            let name = name.string
            if let note = targets.notes[name], role == .block || role == .item || role == .description || role == .quote {
                targets.notes[name] = nil
                if push(.note(note), for: node) == nil { document.notes.append(Note(id: note, blocks: [])) }
                return true
            }
            if let anchor = targets.anchors.removeValue(forKey: name) { pendingAnchors.append(anchor) }
        }
        guard let type = node.attribute("epub:type") ?? node.attribute("role"), type.count >= 8 else { return false }
        if type.place(ofKeyword: "pagebreak") != nil {
            pendingPages.append(Self.pageNumber(of: node))
            startPages()
            return true
        }
        return role == .link && HTMLNoteMarks.isWayBack(type)
    }

    /// The number in the break's title, label or text.
    private static func pageNumber(of node: HTMLNode) -> Int? {
        let written = node.attribute("title") ?? node.attribute("aria-label")
        let text = written?.string ?? HTMLText.plain(of: node)
        let digits = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
        return digits.count == 1 ? digits.first.flatMap { Int($0) } : nil
    }

    /// Pages begin between blocks only: one that begins within a paragraph begins behind it.
    func startPages() {
        guard !pendingPages.isEmpty, frames.count == 1, !frame.run.hasContent else { return }
        for page in pendingPages { frame.append(.pageBreak(page: page)) }
        pendingPages = []
    }

    /// The note that a link refers to, when the link says that it does.
    func note(of link: HTMLNode, at address: ByteSlice) -> NoteID? {
        let marks = [link.attribute("epub:type"), link.attribute("role"), link.attribute("class")]
        guard marks.contains(where: { $0.map(HTMLNoteMarks.isReference) ?? false }) else { return nil }
        if let note = noteIDs[HTMLTargets.name(address[slice: 1..<address.count])], address[0] == UInt8(ascii: "#") { return note }
        return document.host?.note(at: WebAddress.resolve(address.string, against: base))
    }

    /// Whether a link within a note only leads back to the text.
    func isWayBack(_ link: HTMLNode, to address: ByteSlice) -> Bool {
        if let name = link.attribute("class"), HTMLNoteMarks.isWayBack(name) { return true }
        guard case .note = frame.kind, address.contains(UInt8(ascii: "#")), !address.contains(UInt8(ascii: ":")) else { return false }
        let text = HTMLText.plain(of: link)
        return text.utf8.count <= 6 && !text.contains { $0.isLetter }
    }

    /// Anchors stand right before the next thing that is to be seen.
    func placeAnchors() {
        guard !pendingAnchors.isEmpty else { return }
        frame.run.anchors += pendingAnchors
        pendingAnchors = []
    }

    /// Before a block that holds no text of its own.
    func placeAnchorsAlone() {
        guard !pendingAnchors.isEmpty, !frame.holdsOneRun else { return }
        frame.append(.paragraph(pendingAnchors.map { .anchor($0) }))
        pendingAnchors = []
    }
}
