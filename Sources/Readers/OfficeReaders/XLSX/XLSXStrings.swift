// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// The shared strings (18.4): all texts end to end, and the few that have marks.
struct XLSXStrings {
    private var bytes: [UInt8] = []
    /// Where each string ends.
    private var ends: [Int] = []
    private var marked: [Int: [Inline]] = [:]
    private var item = XLSXText()

    var count: Int { ends.count }

    mutating func read(_ piece: [UInt8]) {
        piece.withUnsafeBufferPointer { buffer in
            var tokens = XMLTokenizer(buffer)
            loop: while true {
                switch tokens.next() {
                case .start: item.start(XLSXTag(tokens.current), tokens, isEmpty: false)
                case .emptyElement:
                    let tag = XLSXTag(tokens.current)
                    if tag == .si { add("", nil) } else { item.start(tag, tokens, isEmpty: true) }
                case .end:
                    let tag = XLSXTag(tokens.current)
                    guard tag == .si else {
                        item.end(tag)
                        continue
                    }
                    add(item.text, item.content)
                    item.reset()
                case .text: item.take(tokens.current, isLiteral: tokens.isLiteral)
                case .needsParser, .finished: break loop
                }
            }
        }
    }

    /// A last item without its end tag still counts.
    mutating func finish() {
        guard !item.text.isEmpty else { return }
        add(item.text, item.content)
        item.reset()
    }

    mutating func add(_ text: String, _ content: [Inline]?) {
        if let content { marked[ends.count] = content }
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
    }

    /// nil when there is no such string.
    func text(_ index: Int) -> String? {
        guard index >= 0, index < ends.count else { return nil }
        return String(decoding: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
    }

    func content(_ index: Int) -> [Inline]? { marked.isEmpty ? nil : marked[index] }
}
