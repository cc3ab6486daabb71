// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// The shared strings (18.4): all texts end to end, and the few that have marks.
///
/// Costs each text's bytes and four more: batches that are full are never copied, as one growing array would be.
struct XLSXStrings {
    private struct Batch {
        var bytes: [UInt8] = []
        /// Where each string ends.
        var ends: [UInt32] = []

        /// The text of a batch's string.
        func text(_ index: Int) -> String {
            String(decoding: bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])], as: UTF8.self)
        }
    }

    private var batches: [Batch] = []
    private static let perBatch = 4_096
    private var marked: [Int: [Inline]] = [:]
    /// Long texts: cells that show one share it, however many there are.
    private var long: [Int: String] = [:]
    private static let longest = 1_024
    private var item = XLSXText()

    private(set) var count = 0

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
        if let content { marked[count] = content }
        if count % Self.perBatch == 0 {
            batches.append(Batch())
            batches[batches.count - 1].ends.reserveCapacity(Self.perBatch)
        }
        let last = batches.count - 1
        // A batch of short texts is far below 4 GiB.
        if text.utf8.count > Self.longest { long[count] = text } else { batches[last].bytes.append(contentsOf: text.utf8) }
        batches[last].ends.append(UInt32(truncatingIfNeeded: batches[last].bytes.count))
        count += 1
    }

    /// nil when there is no such string.
    func text(_ index: Int) -> String? {
        guard index >= 0, index < count else { return nil }
        if let text = long[index] { return text }
        return batches[index / Self.perBatch].text(index % Self.perBatch)
    }

    func content(_ index: Int) -> [Inline]? { marked.isEmpty ? nil : marked[index] }
}
