// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// The places of one page that something links to, by their `id`.
package struct HTMLTargets {
    /// What each is called in the output.
    package var anchors: [String: String] = [:]
    /// Those that are notes: their text belongs to the references and leaves its place.
    package var notes: [String: NoteID] = [:]

    package init() {}

    var isEmpty: Bool { anchors.isEmpty && notes.isEmpty }

    /// The targets of a page that stands alone.
    init(within page: ByteSlice, _ newNote: () -> NoteID) {
        var references: [String] = []
        HTMLLinkScan(page).links(onlyWithin: true) { address, isNote in
            guard address.count > 1, address.count < 400, anchors.count < Self.most,
                !HTMLNoteMarks.isReferencePlace(address[slice: 1..<address.count])
            else { return }
            let name = Self.name(address[slice: 1..<address.count])
            if isNote { references.append(name) } else { anchors[name] = name }
        }
        guard !references.isEmpty else { return }
        var known: Set<String> = []
        HTMLLinkScan(page).names { known.insert($0.string) }
        for name in references where notes[name] == nil && known.contains(name) { notes[name] = newNote() }
    }

    /// A fragment as the `id` is written.
    static func name(_ fragment: ByteSlice) -> String { WebAddress.percentDecoded(fragment.string) }

    static let most = 100_000
}
