// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// What must be known of a book before its text is read, because it stands behind the text: notes and pictures; and which
/// places are linked to.
struct FB2Survey {
    /// The notes by their sections' `id`.
    private(set) var notes: [String: NoteID] = [:]
    private(set) var linked: Set<String> = []
    private(set) var pictures: [String: (mediaType: String, base64: ByteSlice)] = [:]
    /// The `description` element.
    private(set) var description = ByteSlice(start: nil, count: 0)
    private(set) var isDamaged = false
    private(set) var isTooDeep = false
    private static let most = 100_000

    init(_ text: ByteSlice, _ limits: ReadLimits) {
        var scan = XMLScan(text, mostDepth: limits.xmlDepth)
        var isInNotes = false
        var descriptionStart = 0
        loop: while !scan.isTooDeep {
            switch scan.next() {
            case .finished: break loop
            case .text: continue
            case .end(let name):
                if name.isName("description") { description = text[slice: min(descriptionStart, scan.at)..<scan.at] }
            case .start(let name, let attributes):
                if name.isName("body") {
                    let kind = XMLAttributes.value("name", in: attributes) ?? ""
                    isInNotes = kind == "notes" || kind == "comments" || kind == "footnotes"
                } else if name.isName("section") {
                    if isInNotes, notes.count < Self.most, let id = XMLAttributes.value("id", in: attributes), notes[id] == nil {
                        notes[id] = NoteID("\(notes.count + 1)")
                    }
                } else if name.isName("a") {
                    if linked.count < Self.most, let address = XMLAttributes.value("href", in: attributes), address.hasPrefix("#") {
                        linked.insert(String(address.dropFirst()))
                    }
                } else if name.isName("description") {
                    descriptionStart = max(0, name.startIndex - 1)
                } else if name.isName("binary"), case .text(let content, _) = scan.next() {
                    let id = XMLAttributes.value("id", in: attributes) ?? ""
                    if pictures[id] == nil, pictures.count < Self.most {
                        pictures[id] = (XMLAttributes.value("content-type", in: attributes) ?? "", ByteSlice(rebasing: content))
                    }
                }
            }
        }
        isDamaged = scan.fault != nil
        isTooDeep = scan.isTooDeep
    }
}
