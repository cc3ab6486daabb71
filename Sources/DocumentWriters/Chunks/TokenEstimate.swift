// SPDX-License-Identifier: Apache-2.0

/// How many tokens a language model would make of a text, roughly and cheaply.
///
/// Four ASCII bytes are a token, two letters of other alphabets, one character of those without spaces, such as
/// Chinese. Models differ by a fifth and more; the same text always gives the same number.
enum TokenEstimate {
    static func count(_ text: some Sequence<UInt8>) -> Int {
        (text.reduce(0) { $0 + quarters($1) } + 3) / 4
    }

    /// What a byte adds, in quarters of a token; the first byte of a character stands for all of it.
    static func quarters(_ byte: UInt8) -> Int {
        switch byte {
        case ..<0x80: 1
        case 0x80..<0xC0: 0
        case 0xC0..<0xE0: 2
        case 0xE0..<0xF0: 4
        default: 8
        }
    }
}
