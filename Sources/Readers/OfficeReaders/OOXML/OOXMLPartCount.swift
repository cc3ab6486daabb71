// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// How many of a document's parts of one kind, its slides or sheets, could be read: where none could, there is no document.
struct OOXMLPartCount {
    /// `slide`; the codes of losses begin with it.
    let kind: String
    var read = 0
    /// Listed, but not in the package.
    var missing = 0
    /// Limits apart: damaged.
    var unreadable = 0

    init(_ kind: String) { self.kind = kind }

    /// - Throws: `malformed` when all were lost.
    func report(of all: Int, _ diagnostics: inout Diagnostics) throws(ReadError) {
        let lost = missing + unreadable
        guard lost > 0 else { return }
        guard read > 0 else { throw .malformed(all == 1 ? "its one \(kind) is lost" : "all of its \(all) \(kind)s are lost") }
        if missing > 0 { diagnostics.report("\(kind)-missing", "\(missing) of \(all) \(kind)s are not in the package", count: missing) }
        if unreadable > 0 { diagnostics.report("\(kind)-unreadable", "\(unreadable) of \(all) \(kind)s could not be read", count: unreadable) }
    }
}
