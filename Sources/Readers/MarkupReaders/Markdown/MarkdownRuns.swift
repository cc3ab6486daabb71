// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A run of `*`, `_` or `~` whose meaning is not known yet.
struct MarkdownMarks {
    /// What stands beside a run (CommonMark 6.2).
    enum Side {
        case space, punctuation, other

        static func before(_ text: Line) -> Side {
            guard let last = text.last else { return .space }
            if last < 0x80 { return ascii(last) }
            var start = text.endIndex - 1
            while start > text.startIndex, text[start] & 0xC0 == 0x80, text.endIndex - start < 4 { start -= 1 }
            return of(text[start...])
        }

        static func after(_ text: Line) -> Side {
            guard let first = text.first else { return .space }
            return first < 0x80 ? ascii(first) : of(text.prefix(4))
        }

        private static func ascii(_ byte: UInt8) -> Side { Letters.isSpace(byte) ? .space : Letters.isPunctuation(byte) ? .punctuation : .other }

        private static func of(_ bytes: Line) -> Side {
            guard let scalar = bytes.text.unicodeScalars.first else { return .other }
            switch scalar.properties.generalCategory {
            case .spaceSeparator: return .space
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
                .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
                return .punctuation
            default: return .other
            }
        }
    }

    var mark: UInt8
    var count: Int
    var before: Side
    var after: Side
    /// Where its text stands.
    var place: Int
}

/// Runs of `*`, `_` and `~` that may still open emphasis (CommonMark 6.2, "process emphasis").
struct MarkdownRuns {
    private struct Run {
        var mark: UInt8
        var count: Int
        var original: Int
        var canClose: Bool
        /// Where its empty text stands.
        var place: Int
    }

    private struct Kind: Hashable {
        var mark: UInt8
        var rest: Int
        var canOpen: Bool
    }

    private var open: [Run] = []
    /// Below these no opener of the kind was found: the search need not go there again.
    private var bottoms: [Kind: Int] = [:]

    mutating func take(_ marks: MarkdownMarks, _ out: inout [Inline]) {
        let (mark, count, before, after) = (marks.mark, marks.count, marks.before, marks.after)
        let isLeft = after != .space && (after != .punctuation || before != .other)
        let isRight = before != .space && (before != .punctuation || after != .other)
        var canOpen = isLeft
        var canClose = isRight
        if mark == UInt8(ascii: "_") {
            canOpen = isLeft && (!isRight || before == .punctuation)
            canClose = isRight && (!isLeft || after == .punctuation)
        } else if mark == UInt8(ascii: "~"), count > 2 {
            canOpen = false
            canClose = false
        }
        var left = count
        if canClose { close(mark, &left, original: count, canOpen: canOpen, &out) }
        guard left > 0 else { return }
        if canOpen, open.count < 10_000 {
            open.append(Run(mark: mark, count: left, original: count, canClose: canClose, place: out.count))
            out.append(.text(""))
        } else {
            out.append(.text(Self.text(mark, left)))
        }
    }

    private mutating func close(_ mark: UInt8, _ left: inout Int, original: Int, canOpen: Bool, _ out: inout [Inline]) {
        while left > 0 {
            let kind = Kind(mark: mark, rest: original % 3, canOpen: canOpen)
            let bottom = bottoms[kind] ?? 0
            var found: Int?
            var index = open.count - 1
            while index >= bottom {
                if matches(open[index], mark, left, original, canOpen) {
                    found = index
                    break
                }
                index -= 1
            }
            guard let found else {
                bottoms[kind] = open.count
                return
            }
            finish(from: found + 1, &out)
            let width = mark == UInt8(ascii: "~") ? left : left >= 2 && open[found].count >= 2 ? 2 : 1
            let place = open[found].place
            let content = InlineText.tidy(out[(place + 1)...])
            out.removeLast(out.count - place - 1)
            out.append(mark == UInt8(ascii: "~") ? .strikethrough(content) : width == 2 ? .strong(content) : .emphasis(content))
            left -= width
            open[found].count -= width
            if open[found].count == 0 { open.remove(at: found) }
        }
    }

    private func matches(_ run: Run, _ mark: UInt8, _ left: Int, _ original: Int, _ canOpen: Bool) -> Bool {
        guard run.mark == mark else { return false }
        if mark == UInt8(ascii: "~") { return run.count == left }
        // The rule of three.
        guard canOpen || run.canClose else { return true }
        return (run.original + original) % 3 != 0 || run.original % 3 == 0 && original % 3 == 0
    }

    /// Makes the runs from `first` on text: nothing can close them any more.
    mutating func finish(from first: Int, _ out: inout [Inline]) {
        guard first < open.count else { return }
        for run in open[first...] where run.place < out.count { out[run.place] = .text(Self.text(run.mark, run.count)) }
        open.removeLast(open.count - first)
        for (kind, bottom) in bottoms where bottom > first { bottoms[kind] = first }
    }

    static func text(_ mark: UInt8, _ count: Int) -> String { String(repeating: String(Unicode.Scalar(mark)), count: count) }
}
