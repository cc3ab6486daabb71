// SPDX-License-Identifier: Apache-2.0

/// Pages of a document, counted from 1, both ends included.
public struct PageRange: Hashable, Sendable, Codable {
    public let first: Int
    public let last: Int

    /// nil unless 1 ≤ first ≤ last.
    public init?(_ first: Int, _ last: Int) {
        guard first >= 1, last >= first, last <= Int(UInt32.max) else { return nil }
        self.first = first
        self.last = last
    }

    /// `3-7`, `3-` for all from the third page on, `3` for one page.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let start = parts.first, let first = Int(start) else { return nil }
        if parts.count == 1 {
            self.init(first, first)
        } else if parts[1].isEmpty {
            self.init(first, Int(UInt32.max))
        } else {
            guard let last = Int(parts[1]) else { return nil }
            self.init(first, last)
        }
    }
}
