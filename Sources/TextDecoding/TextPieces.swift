// SPDX-License-Identifier: Apache-2.0

/// A text of any charset as clean UTF-8, piece by piece in bounded memory.
///
/// Line ends become newlines; control characters but tab and newline are left out; what is no text becomes U+FFFD. Pieces are
/// whole characters, and whole lines where lines are shorter than a piece.
package struct TextPieces {
    package let charset: Charset
    /// What was no text in the charset, and control characters left out; counted by `forEach`.
    package private(set) var undecodable = 0
    package private(set) var controls = 0
    private let bytes: UnsafeBufferPointer<UInt8>

    package init(_ bytes: UnsafeRawBufferPointer, declared: String? = nil) {
        let all = bytes.bindMemory(to: UInt8.self)
        let start = UnsafeBufferPointer(rebasing: all.prefix(1 << 20))
        charset = Charset(of: start, declared: declared, isWhole: all.count <= 1 << 20)
        self.bytes = UnsafeBufferPointer(rebasing: all.dropFirst(charset.markLength))
    }

    package mutating func forEach<Failure>(
        _ take: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = bytes
        var clean: [UInt8] = []
        var carriesReturn = false
        while !rest.isEmpty {
            let cut = Self.cut(rest, charset)
            let piece = UnsafeBufferPointer(rebasing: rest.prefix(cut))
            rest = UnsafeBufferPointer(rebasing: rest.dropFirst(cut))
            if charset.isUTF8 {
                wash(piece, &clean, &carriesReturn)
            } else {
                let (text, replaced) = charset.utf8(piece)
                undecodable += replaced
                text.withUnsafeBufferPointer { wash($0, &clean, &carriesReturn) }
            }
            var failure: Failure?
            clean.withUnsafeBufferPointer { bytes in
                do throws(Failure) { try take(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
            clean.removeAll(keepingCapacity: true)
        }
    }

    /// Where the first piece ends: behind the last newline of the first MiB, else at the end of a character.
    private static func cut(_ rest: UnsafeBufferPointer<UInt8>, _ charset: Charset) -> Int {
        let most = 1 << 20
        guard rest.count > most else { return rest.count }
        let unit = charset.unit
        if unit == 1, !charset.name.hasPrefix("ISO-2022") {
            if let newline = rest.prefix(most).lastIndex(of: 0x0A) { return newline + 1 }
            var end = most
            if charset.isUTF8 { while end > most - 4, rest[end] & 0xC0 == 0x80 { end -= 1 } }
            return end
        }
        if unit == 2, let newline = stride(from: most - 2, to: 0, by: -2).first(where: { rest[$0] == 0x0A && rest[$0 + 1] == 0 || rest[$0] == 0 && rest[$0 + 1] == 0x0A }) {
            return newline + 2
        }
        return unit > 1 ? most : rest.count
    }

    /// Appends the text without what may not be in it. Most texts are copied in one run.
    private mutating func wash(_ text: UnsafeBufferPointer<UInt8>, _ clean: inout [UInt8], _ carriesReturn: inout Bool) {
        var start = 0
        var index = 0
        func copy(to end: Int, _ clean: inout [UInt8]) {
            if start < end { clean.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end])) }
        }
        let raw = UnsafeRawBufferPointer(text)
        while index < text.count {
            // Eight printable ASCII bytes at once.
            if index + 8 <= text.count {
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let high: UInt64 = 0x8080_8080_8080_8080
                if word & high == 0, ~(word &+ 0x6060_6060_6060_6060) & high == 0, (word &+ 0x0101_0101_0101_0101) & high == 0 {
                    index += 8
                    carriesReturn = false
                    continue
                }
            }
            let byte = text[index]
            if byte >= 0x20 && byte < 0x7F || byte == 0x09 {
                index += 1
            } else if byte == 0x0A {
                // The second half of a line end whose first half became the newline.
                if carriesReturn {
                    copy(to: index, &clean)
                    start = index + 1
                }
                index += 1
            } else if byte == 0x0D {
                copy(to: index, &clean)
                clean.append(0x0A)
                index += 1
                start = index
                carriesReturn = true
                continue
            } else if byte < 0x80 {
                copy(to: index, &clean)
                // A form feed parts pages, as a line end does.
                if byte == 0x0C { clean.append(0x0A) } else { controls += 1 }
                index += 1
                start = index
            } else {
                let length = UTF8Count.length(of: text, at: index)
                if length <= 0 {
                    copy(to: index, &clean)
                    clean += [0xEF, 0xBF, 0xBD]
                    undecodable += 1
                    index += 1
                    start = index
                } else if length == 2, byte == 0xC2, text[index + 1] < 0xA0 {
                    copy(to: index, &clean)
                    controls += 1
                    index += 2
                    start = index
                } else {
                    index += length
                }
            }
            carriesReturn = false
        }
        copy(to: text.count, &clean)
    }
}
