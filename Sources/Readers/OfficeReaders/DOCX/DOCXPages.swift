// SPDX-License-Identifier: Apache-2.0

/// The page the main text has come to.
///
/// A break within a paragraph that has begun shows behind it; one in a list waits for the list's end.
struct DOCXPages {
    private var page = 1
    private let usesRendered: Bool
    private var sections: ArraySlice<String>
    /// The page that begins before the next block, and the one behind the paragraph that is being read.
    private var waiting: Int?, late: Int?
    private var isInRow = false
    private var isRowBroken = false

    init(_ survey: DOCXSurvey) {
        usesRendered = survey.hasRenderedBreaks
        sections = survey.sections.dropFirst()
    }

    /// A break that the author asked for.
    mutating func breakWanted(isLate: Bool = false) { if !usesRendered { advance(isLate) } }

    mutating func breakRendered(isLate: Bool) { if usesRendered { advance(isLate) } }

    /// The last paragraph of a section; the next section says how it begins.
    mutating func endSection() {
        guard let next = sections.popFirst(), !["continuous", "nextColumn"].contains(next) else { return }
        breakWanted(isLate: true)
    }

    mutating func endParagraph() {
        waiting = late ?? waiting
        late = nil
    }

    /// Each cell of a row on a new page notes the break.
    mutating func beginRow() { (isInRow, isRowBroken) = (true, false) }
    mutating func endRow() { isInRow = false }

    /// The page that begins here, said once.
    mutating func takeBreak() -> Int? {
        defer { waiting = nil }
        return waiting
    }

    private mutating func advance(_ isLate: Bool) {
        guard !(isInRow && isRowBroken) else { return }
        isRowBroken = isInRow
        page &+= 1
        if isLate { late = page } else { waiting = page }
    }
}
