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
    /// Anchors that stand before what is added next.
    var anchors: [String] = []

    /// A space that a later text will be set apart by.
    mutating func addSpace() { spacePending = true }

    mutating func addBreak() {
        guard hasContent else { return }
        breakPending = true
        spacePending = false
    }

    /// Text whose white space collapses; no-break spaces with it, but for a single one between two words.
    mutating func add(_ bytes: ByteSlice, in marks: [HTMLMark]) {
        var index = 0
        while index < bytes.count {
            if ByteSlice.isSpace(bytes[index]) {
                spacePending = true
                index += 1
                continue
            }
            if let blank = Self.blank(bytes, at: index) {
                if blank.isSpace { spacePending = true }
                index += blank.length
                continue
            }
            open(marks)
            hasContent = true
            isVisible = true
            // A run of words with single spaces between goes in one piece.
            let start = index
            repeat {
                index += 1
                guard index < bytes.count else { break }
                let byte = bytes[index]
                if ByteSlice.isSpace(byte) {
                    guard byte == 0x20, index + 1 < bytes.count else { break }
                    let next = bytes[index + 1]
                    if ByteSlice.isSpace(next) || Self.mayBeBlank(next) { break }
                } else if Self.mayBeBlank(byte), Self.blank(bytes, at: index) != nil {
                    break
                }
            } while true
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
        while shared < marks.count, shared + 1 < levels.count, let mark = levels[shared + 1].mark {
            guard mark.element == marks[shared].element || (!spacePending && !breakPending && mark.joins(marks[shared])) else { break }
            shared += 1
        }
        if levels.count > shared + 1 { close(to: shared) }
        if breakPending {
            endText()
            levels[shared].inlines.append(.lineBreak)
            breakPending = false
        } else if spacePending, hasContent {
            text.append(0x20)
        }
        spacePending = false
        if !anchors.isEmpty {
            endText()
            levels[shared].inlines += anchors.map { .anchor($0) }
            anchors = []
        }
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

    @inline(__always) private static func mayBeBlank(_ byte: UInt8) -> Bool { byte == 0xC2 || byte == 0xE2 || byte == 0xEF }

    /// A no-break space that only spaces, or a character nobody sees: soft hyphen, zero-width space, word joiner, byte
    /// order mark. Joiners within words (U+200C, U+200D) are letters to their scripts and stay.
    private static func blank(_ bytes: ByteSlice, at index: Int) -> (length: Int, isSpace: Bool)? {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch bytes[index] {
        case 0xC2 where next == 0xAD: return (2, false)
        case 0xC2 where next == 0xA0: return isBetweenWords(bytes, index) ? nil : (2, true)
        case 0xE2 where next == 0x80 && third == 0x8B, 0xE2 where next == 0x81 && third == 0xA0: return (3, false)
        case 0xEF where next == 0xBB && third == 0xBF: return (3, false)
        default: return nil
        }
    }

    private static func isBetweenWords(_ bytes: ByteSlice, _ index: Int) -> Bool {
        guard index > 0, index + 2 < bytes.count, !ByteSlice.isSpace(bytes[index - 1]), !ByteSlice.isSpace(bytes[index + 2]) else { return false }
        let isAfterAnother = index > 1 && bytes[index - 2] == 0xC2 && bytes[index - 1] == 0xA0
        let isBeforeAnother = index + 3 < bytes.count && bytes[index + 2] == 0xC2 && bytes[index + 3] == 0xA0
        return !isAfterAnother && !isBeforeAnother
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
