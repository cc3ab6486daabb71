// SPDX-License-Identifier: Apache-2.0

/// The next place of a mark, kept between searches that move forward: all of them together cost one pass.
struct NextMark {
    private let mark: StaticString
    private var place: Int?
    private var isGone = false

    init(_ mark: StaticString) { self.mark = mark }

    mutating func find(in text: Line, from start: Int) -> Int? {
        if let place, place >= start { return place }
        guard !isGone else { return nil }
        place = text.first(mark, from: start)
        isGone = place == nil
        return place
    }
}
