// SPDX-License-Identifier: Apache-2.0

/// The pages of a KF8 book, whose text is stored as skeletons of pages with the fragments that belong within them behind each.
enum KindleParts {
    /// Nil when the book's indexes do not fit its text: then the text is one page, fragments behind their skeletons.
    static func pages(of text: [UInt8], _ database: PalmDatabase, skeletons: Int, fragments: Int) -> [[UInt8]]? {
        guard let skeletons = MOBIIndex(database, at: skeletons), let fragments = MOBIIndex(database, at: fragments), !skeletons.entries.isEmpty else { return nil }
        var pages: [[UInt8]] = []
        var next = 0
        var end = 0
        for skeleton in skeletons.entries {
            guard let place = skeleton.values[6], place.count >= 2, let count = skeleton.values[1]?.first, place[0] == end,
                place[1] <= text.count - place[0]
            else { return nil }
            end = place[0] + place[1]
            let frame = text[place[0]..<end]
            var inserted: [(at: Int, bytes: ArraySlice<UInt8>)] = []
            for _ in 0..<min(count, fragments.entries.count) {
                guard next < fragments.entries.count else { return nil }
                let fragment = fragments.entries[next]
                next += 1
                guard let size = fragment.values[6]?.last, size <= text.count - end, let at = Int(fragment.name.prefix { $0.isNumber }) else { return nil }
                inserted.append((at, text[end..<(end + size)]))
                end += size
            }
            pages.append(joined(frame, inserted, start: place[0]))
        }
        return pages
    }

    /// Each fragment goes to its place in the page as it stands once the fragments before it are in.
    private static func joined(_ frame: ArraySlice<UInt8>, _ fragments: [(at: Int, bytes: ArraySlice<UInt8>)], start: Int) -> [UInt8] {
        // Fragments come in order, so that each place lies behind the ones before it: one pass.
        var page: [UInt8] = []
        var taken = frame.startIndex
        for (at, bytes) in fragments {
            // What is in the page already was counted by the writer as well.
            let place = at - start - page.count
            let stop = place > 0 ? min(frame.endIndex, taken + place) : taken
            page.append(contentsOf: frame[taken..<stop])
            taken = stop
            page.append(contentsOf: bytes)
        }
        page.append(contentsOf: frame[taken...])
        return page
    }
}
