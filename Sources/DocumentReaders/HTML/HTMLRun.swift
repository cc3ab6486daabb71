// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The running text of one paragraph, built piece by piece.
///
/// White space collapses as CSS says, and across element boundaries: a space is remembered and written only when text
/// follows, outside of every element that does not hold both sides. So emphasis never begins or ends with a space, and an
/// element without content leaves nothing. Elements are opened when their first text comes; a block in the middle of an
/// inline element simply starts a new run in which the same marks open again.
struct HTMLRun {
    private struct Level {
        var mark: HTMLMark?
        var inlines: [Inline] = []
    }

    private var levels: [Level] = [Level()]
    private var text: [UInt8] = []
    private var spacePending = false
    private(set) var breakPending = false
    /// Anything at all, white space aside; and anything a reader would see, no-break spaces aside.
    private(set) var hasContent = false
    private(set) var isVisible = false

    /// A space that a later text will be set apart by.
    mutating func addSpace() { spacePending = true }

    mutating func addBreak() {
        guard hasContent else { return }
        breakPending = true
        spacePending = false
    }

    /// Text whose white space collapses.
    mutating func add(_ bytes: ByteSlice, in marks: [HTMLMark]) {
        var index = 0
        while index < bytes.count {
            if ByteSlice.isSpace(bytes[index]) {
                spacePending = true
                index += 1
                continue
            }
            if !hasContent || !isVisible {
                let blank = Self.blankLength(bytes, at: index)
                if blank > 0, !hasContent {
                    index += blank
                    continue
                }
                isVisible = isVisible || blank == 0
            }
            open(marks)
            hasContent = true
            // A run of words with single spaces between goes in one piece.
            let start = index
            while index < bytes.count {
                if ByteSlice.isSpace(bytes[index]) {
                    guard bytes[index] == 0x20, index + 1 < bytes.count, !ByteSlice.isSpace(bytes[index + 1]) else { break }
                }
                index += 1
            }
            text.append(contentsOf: bytes[slice: start..<index])
        }
    }

    /// Text whose white space stays: line ends become breaks.
    mutating func addKept(_ bytes: ByteSlice, in marks: [HTMLMark]) {
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { addBreak() }
            guard !line.isEmpty else { continue }
            open(marks)
            hasContent = true
            isVisible = isVisible || line.contains { $0 > 0x20 }
            text.append(contentsOf: line)
        }
    }

    /// A picture, a formula: anything that is no text.
    mutating func add(_ inline: Inline, in marks: [HTMLMark]) {
        open(marks)
        endText()
        levels[levels.count - 1].inlines.append(inline)
        hasContent = true
        isVisible = true
    }

    /// What was collected; the run is empty again. Nothing when there was nothing to see.
    mutating func take() -> [Inline] {
        guard hasContent else {
            spacePending = false
            return []
        }
        close(to: 0)
        var inlines = isVisible ? levels[0].inlines : []
        if case .text(let last) = inlines.last, last.utf8.last == 0xA0 || last.utf8.last == 0x20 {
            let kept = Self.withoutBlankEnd(last)
            inlines.removeLast()
            if !kept.isEmpty { inlines.append(.text(kept)) }
        }
        levels[0].inlines = []
        spacePending = false
        breakPending = false
        hasContent = false
        isVisible = false
        return inlines
    }

    /// Closes what is not open any more, writes the pending space or break there, opens the rest.
    private mutating func open(_ marks: [HTMLMark]) {
        var shared = 0
        while shared < marks.count, shared + 1 < levels.count, levels[shared + 1].mark?.element == marks[shared].element { shared += 1 }
        if levels.count > shared + 1 { close(to: shared) }
        if breakPending {
            endText()
            levels[shared].inlines.append(.lineBreak)
            breakPending = false
        } else if spacePending, hasContent {
            text.append(0x20)
        }
        spacePending = false
        guard shared < marks.count else { return }
        endText()
        for mark in marks[shared...] { levels.append(Level(mark: mark)) }
    }

    private mutating func close(to depth: Int) {
        endText()
        while levels.count > depth + 1 {
            let level = levels.removeLast()
            guard let mark = level.mark, !level.inlines.isEmpty else { continue }
            mark.append(level.inlines, to: &levels[levels.count - 1].inlines)
        }
    }

    private mutating func endText() {
        guard !text.isEmpty else { return }
        levels[levels.count - 1].inlines.append(.text(String(decoding: text, as: UTF8.self)))
        text.removeAll(keepingCapacity: true)
    }

    /// Bytes of a no-break space, zero-width character or byte order mark at `index`; 0 when there is none.
    private static func blankLength(_ bytes: ByteSlice, at index: Int) -> Int {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch bytes[index] {
        case 0xC2 where next == 0xA0 || next == 0xAD: return 2
        case 0xE2 where next == 0x80 && third >= 0x8B && third <= 0x8D: return 3
        case 0xEF where next == 0xBB && third == 0xBF: return 3
        default: return 0
        }
    }

    private static func withoutBlankEnd(_ text: String) -> String {
        var bytes = Array(text.utf8)
        while true {
            if bytes.last == 0x20 {
                bytes.removeLast()
            } else if bytes.count >= 2, bytes.suffix(2) == [0xC2, 0xA0] {
                bytes.removeLast(2)
            } else {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}
