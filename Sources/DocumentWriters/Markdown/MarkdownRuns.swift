// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The styles that Markdown can show, as bits.
struct MarkdownStyle: OptionSet {
    let rawValue: UInt8
    static let strong = MarkdownStyle(rawValue: 1)
    static let emphasis = MarkdownStyle(rawValue: 2)
    static let strikethrough = MarkdownStyle(rawValue: 4)
    static let superscript = MarkdownStyle(rawValue: 8)
    static let `subscript` = MarkdownStyle(rawValue: 16)

    /// From the outside in, when they begin together.
    static let order: [MarkdownStyle] = [.strikethrough, .strong, .emphasis, .superscript, .subscript]
}

/// A stretch of one style: text, or something that is no text.
struct MarkdownRun {
    var style: MarkdownStyle
    var content: Content

    enum Content {
        case text(String)
        /// A link's text, an image, code, a note: rendered by itself.
        case whole(Inline)
        case lineBreak
    }

    var isSpace: Bool {
        switch content {
        case .text(let text): text.unicodeScalars.allSatisfy(MarkdownFlank.isSpace)
        case .lineBreak: true
        case .whole: false
        }
    }
}

/// Nested inlines as runs side by side: neighbours of one style become one, and white space at the edge of a style
/// goes to whichever side has less of it, as `**bold **text` is not bold in Markdown.
struct MarkdownRuns {
    private(set) var runs: [MarkdownRun] = []

    init(_ inlines: [Inline], dropping dropped: MarkdownStyle = []) {
        for inline in inlines { add(inline, [], dropped) }
        settleSpaces()
    }

    private mutating func add(_ inline: Inline, _ style: MarkdownStyle, _ dropped: MarkdownStyle) {
        func all(_ inner: [Inline], _ more: MarkdownStyle) {
            for inline in inner { add(inline, style.union(more.subtracting(dropped)), dropped) }
        }
        switch inline {
        case .text(let text): add(text, style)
        case .lineBreak: runs.append(MarkdownRun(style: style, content: .lineBreak))
        case .emphasis(let inner): all(inner, .emphasis)
        case .strong(let inner): all(inner, .strong)
        case .strikethrough(let inner): all(inner, .strikethrough)
        case .superscript(let inner): all(inner, .superscript)
        case .subscript(let inner): all(inner, .subscript)
        case .underline(let inner): all(inner, [])
        case .anchor: runs.append(MarkdownRun(style: [], content: .whole(inline)))
        case .link(let to, let title, let inner):
            // Sources cut one link into several where its style changes.
            if case .whole(.link(to, title, var before)) = runs.last?.content, runs.last?.style == style {
                // Let go of first: what is held twice would be copied each time.
                runs[runs.count - 1].content = .lineBreak
                before += inner
                runs[runs.count - 1].content = .whole(.link(to: to, title: title, before))
            } else {
                runs.append(MarkdownRun(style: style, content: .whole(inline)))
            }
        case .code(let text):
            if case .whole(.code(var before)) = runs.last?.content, runs.last?.style == style {
                runs[runs.count - 1].content = .lineBreak
                before += text
                runs[runs.count - 1].content = .whole(.code(before))
            } else if !text.isEmpty {
                runs.append(MarkdownRun(style: style, content: .whole(inline)))
            }
        case .image, .note, .math: runs.append(MarkdownRun(style: style, content: .whole(inline)))
        }
    }

    private mutating func add(_ text: String, _ style: MarkdownStyle) {
        guard !text.isEmpty else { return }
        guard style != [] else { return merge(text, []) }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !MarkdownFlank.isSpace($0) }), let last = scalars.lastIndex(where: { !MarkdownFlank.isSpace($0) }) else {
            return merge(text, style)
        }
        let end = scalars.index(after: last)
        guard first > text.startIndex || end < text.endIndex else { return merge(text, style) }
        merge(String(scalars[..<first]), style)
        merge(String(scalars[first..<end]), style)
        merge(String(scalars[end...]), style)
    }

    private mutating func merge(_ text: String, _ style: MarkdownStyle) {
        guard !text.isEmpty else { return }
        runs.append(MarkdownRun(style: style, content: .text(text)))
    }

    /// White space takes only the styles that both of its neighbours have; then equal neighbours are joined.
    private mutating func settleSpaces() {
        var following = [MarkdownStyle](repeating: [], count: runs.count)
        var style: MarkdownStyle = []
        for index in runs.indices.reversed() {
            following[index] = style
            if !runs[index].isSpace { style = runs[index].style }
        }
        var before: MarkdownStyle = []
        for index in runs.indices {
            if runs[index].isSpace { runs[index].style = before.intersection(following[index]) } else { before = runs[index].style }
        }
        var joined: [MarkdownRun] = []
        joined.reserveCapacity(runs.count)
        for run in runs {
            if case .text(let text) = run.content, joined.last?.style == run.style, case .text(var start) = joined.last?.content {
                // Let go of first, as above.
                joined[joined.count - 1].content = .lineBreak
                start += text
                joined[joined.count - 1].content = .text(start)
            } else {
                joined.append(run)
            }
        }
        runs = joined
    }
}
