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

    private struct Key: Hashable { var code, message: String }

    package init() {}

    package mutating func report(_ code: String, _ message: String, at location: String? = nil, count: Int = 1) {
        let key = Key(code: code, message: message)
        if let place = places[key] {
            items[place].count += count
        } else if items.count < Self.most {
            places[key] = items.count
            items.append(Diagnostic(code: code, message: message, location: location, count: count))
        }
    }

    /// Different entries kept; a hostile document cannot make more.
    package static let most = 1_000
}
