// SPDX-License-Identifier: Apache-2.0
import DashboardModel

/// A request's target, taken apart strictly: segments that mean another folder are refused, not resolved.
struct RequestPath: Sendable, Equatable {
    /// Percent-decoded; none is empty, `.` or `..`, and none holds `/` or NUL.
    let segments: [String]
    /// Percent-decoded, in order.
    let query: [(name: String, value: String)]

    /// nil when it is not a path that anything here has.
    init?(_ target: String) {
        guard target.utf8.count <= 8_192, target.hasPrefix("/") else { return nil }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].dropFirst()
        var segments: [String] = []
        if !path.isEmpty {
            for piece in path.split(separator: "/", omittingEmptySubsequences: false) {
                guard let text = PercentEncoding.decoded(piece), !text.isEmpty, text != ".", text != "..", !text.contains("/"), !text.utf8.contains(0) else { return nil }
                segments.append(text)
            }
        }
        self.segments = segments
        var query: [(String, String)] = []
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&").prefix(100) {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(sides[0], plusIsSpace: true), let value = PercentEncoding.decoded(sides.count > 1 ? sides[1] : "", plusIsSpace: true) else { return nil }
            query.append((name, value))
        }
        self.query = query
    }

    static func == (a: Self, b: Self) -> Bool { a.segments == b.segments && a.query.elementsEqual(b.query) { $0 == $1 } }
}
