// SPDX-License-Identifier: Apache-2.0
import DocumentTree

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

    var count: Int { open.count }

    mutating func take(_ mark: UInt8, count: Int, before: UInt8, after: UInt8, _ out: inout [Inline]) {
        let isLeft = !Letters.isSpace(after) && (!Letters.isPunctuation(after) || Letters.isSpace(before) || Letters.isPunctuation(before))
        let isRight = !Letters.isSpace(before) && (!Letters.isPunctuation(before) || Letters.isSpace(after) || Letters.isPunctuation(after))
        var canOpen = isLeft
        var canClose = isRight
        if mark == UInt8(ascii: "_") {
            canOpen = isLeft && (!isRight || Letters.isPunctuation(before))
            canClose = isRight && (!isLeft || Letters.isPunctuation(after))
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

    private static func text(_ mark: UInt8, _ count: Int) -> String { String(repeating: String(Unicode.Scalar(mark)), count: count) }
}
