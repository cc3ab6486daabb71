// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Losses of pages: each is reported once, with how many there were and the pages that have them: `pages 1-4, 9`.
struct PageLosses {
    private struct Entry {
        let code: String
        let message: String
        var count = 0
        var pages: [ClosedRange<Int>] = []
        var hasMorePages = false
    }

    private var entries: [Entry] = []
    /// Ranges of pages that are named.
    private static let most = 50

    /// Pages come in their order.
    mutating func note(_ code: String, _ message: String, page: Int, count: Int = 1) {
        guard count > 0 else { return }
        let place = entries.firstIndex { $0.code == code && $0.message == message } ?? entries.count
        if place == entries.count { entries.append(Entry(code: code, message: message)) }
        entries[place].count += count
        if let last = entries[place].pages.last, last.contains(page) || last.upperBound + 1 == page {
            entries[place].pages[entries[place].pages.count - 1] = last.lowerBound...max(last.upperBound, page)
        } else if entries[place].pages.count < Self.most {
            entries[place].pages.append(page...page)
        } else {
            entries[place].hasMorePages = true
        }
    }

    func report(_ diagnostics: inout Diagnostics) {
        for entry in entries { diagnostics.report(entry.code, entry.message, at: Self.location(entry), count: entry.count) }
    }

    private static func location(_ entry: Entry) -> String {
        let ranges = entry.pages.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        let isOne = entry.pages.count == 1 && entry.pages[0].count == 1
        return (isOne ? "page " : "pages ") + ranges.joined(separator: ", ") + (entry.hasMorePages ? ", …" : "")
    }
}
