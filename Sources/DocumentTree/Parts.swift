// SPDX-License-Identifier: Apache-2.0

package struct NoteID: Sendable, Hashable {
    package var name: String
    package init(_ name: String) { self.name = name }
}

/// A footnote, endnote or comment; written where its references can reach it.
package struct Note: Sendable, Hashable {
    package var id: NoteID
    package var blocks: [Block]

    package init(id: NoteID, blocks: [Block]) {
        self.id = id
        self.blocks = blocks
    }
}

/// A piece of a document that people handle like a document of its own.
package struct DocumentPart: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case sheet
        /// Of an archive, a mailbox or a message.
        case member
    }

    package var kind: Kind
    /// As the document has it; a member's may be a path with slashes.
    package var name: String

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }
}

package struct MediaID: Sendable, Hashable {
    /// A plain file name, unique in the document: `image1.png`.
    package var name: String
    package init(_ name: String) { self.name = name }
}

package struct Media: Sendable, Hashable {
    package var id: MediaID
    package var mediaType: String
    package var bytes: [UInt8]

    package init(id: MediaID, mediaType: String, bytes: [UInt8]) {
        self.id = id
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// Facts of the source in the order it gives them; names are lower case: `title`, `author`, `created`, `pages`.
package struct Metadata: Sendable, Hashable {
    package var fields: [(name: String, value: String)] { names.indices.map { (names[$0], values[$0]) } }
    private var names: [String] = []
    private var values: [String] = []

    package init() {}

    package subscript(name: String) -> String? {
        names.firstIndex(of: name).map { values[$0] }
    }

    /// Adds a fact; an empty value or a name that is already there is left out.
    package mutating func add(_ name: String, _ value: String) {
        guard !value.isEmpty, !names.contains(name) else { return }
        names.append(name)
        values.append(value)
    }
}

/// A whole document in memory. Large tables need not come this way: see `DocumentSink`.
package struct Document: Sendable, Hashable {
    package var metadata = Metadata()
    package var blocks: [Block] = []
    package var notes: [Note] = []
    package var media: [Media] = []

    package init() {}
}
