// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A scan of running text: plain bytes are gathered until something else ends them.
protocol InlineGathering {
    var text: Line { get }
    var out: [Inline] { get set }
    var plain: [UInt8] { get set }
}

extension InlineGathering {
    /// Takes the byte at `at` as it is; gives the place behind it.
    mutating func literal(_ at: Int) -> Int {
        plain.append(text[at])
        return at + 1
    }

    mutating func flush() {
        if !plain.isEmpty { out.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain.removeAll(keepingCapacity: true)
    }

    mutating func add(_ inline: Inline) {
        flush()
        out.append(inline)
    }
}
