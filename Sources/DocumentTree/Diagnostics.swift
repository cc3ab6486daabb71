// SPDX-License-Identifier: Apache-2.0

/// Something a reader or a writer could not carry over. Codes are stable: lower case with hyphens.
package struct Diagnostic: Sendable, Hashable {
    package var code: String
    /// Names the thing, never the document's content.
    package var message: String
    package var location: String?
    package var count: Int

    package init(code: String, message: String, location: String? = nil, count: Int = 1) {
        self.code = code
        self.message = message
        self.location = location
        self.count = count
    }
}

/// The losses of one conversion, in order of first appearance; the same code and message is folded into a count.
package struct Diagnostics: Sendable, Hashable {
    package private(set) var items: [Diagnostic] = []
    private var places: [Key: Int] = [:]

    private struct Key: Hashable { var code, message, member: String }

    package init() {}

    package mutating func report(_ code: String, _ message: String, at location: String? = nil, count: Int = 1) {
        add(Diagnostic(code: code, message: message, location: location, count: count), member: "")
    }

    /// Adds one that may stand for many; only what is in the same place is counted together.
    package mutating func add(_ diagnostic: Diagnostic) { add(diagnostic, member: diagnostic.location ?? "") }

    /// Adds the losses of a document within this one; each is placed in the member of this name.
    package mutating func fold(_ losses: Diagnostics, of member: String) {
        for var loss in losses.items {
            loss.location = loss.location.map { "\(member)/\($0)" } ?? member
            add(loss, member: member)
        }
    }

    private mutating func add(_ diagnostic: Diagnostic, member: String) {
        let key = Key(code: diagnostic.code, message: diagnostic.message, member: member)
        if let place = places[key] {
            items[place].count += diagnostic.count
        } else if items.count < Self.most {
            places[key] = items.count
            items.append(diagnostic)
        }
    }

    /// Whether some of them say that the file itself is damaged: if the document has no text then, it has lost it.
    package var tellOfDamage: Bool { items.contains { Self.damage.contains($0.code) } }

    package static let damage: Set<String> = [
        "body-missing", "compound-file-damaged", "epub-file-missing", "file-damaged", "msg-stream-cut", "part-cut", "part-missing", "part-unreadable", "rtf-cut",
        "sheet-unreadable", "slide-missing", "text-missing", "xml-damaged", "xml-malformed", "zip-checksum",
        "zip-directory-salvaged", "zip-member-cut",
    ]

    /// Different entries kept; a hostile document cannot make more.
    package static let most = 1_000
}
