// SPDX-License-Identifier: Apache-2.0

/// The marks around code, longer than any run of them inside.
enum MarkdownFence {
    static func longestRun(of mark: UInt8, in text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == mark ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    static func bytes(around text: String) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "`"), count: max(3, longestRun(of: UInt8(ascii: "`"), in: text) + 1))
    }

    /// A language's name as an info string: no spaces, no backticks.
    static func language(_ name: String?) -> [UInt8] {
        String((name ?? "").unicodeScalars.prefix(40)).utf8.filter { $0 > 0x20 && $0 != UInt8(ascii: "`") && $0 != 0x7F }
    }
}
