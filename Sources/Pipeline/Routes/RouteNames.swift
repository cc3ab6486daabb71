// SPDX-License-Identifier: Apache-2.0
import FileAccess
import SystemPackage

/// Every name that a route of a state folder has had: where a route has another name now, what it had claimed lies under the old one.
struct RouteNames: Sendable {
    let state: Folder

    var known: Set<String> {
        get throws { Set(String(decoding: try state.readIfPresent(Self.file) ?? [], as: UTF8.self).split(separator: "\n").map(String.init)) }
    }

    /// Before the route claims anything.
    func add(_ name: String) throws {
        let known = try known
        guard !known.contains(name) else { return }
        let made = FilePath("routes.new")
        try state.write(Array((known.union([name]).sorted().joined(separator: "\n") + "\n").utf8), to: made)
        try state.replace(made, to: state, Self.file)
    }

    private static let file = FilePath("routes")
}
