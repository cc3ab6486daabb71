// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import Glibc
import TextDecoding

/// A delimited text's bytes as UTF-8, a piece at a time, cut at line ends where they have to be converted.
struct CSVPieces {
    let charset: Charset
    private let bytes: UnsafeBufferPointer<UInt8>
    private static let size = 1 << 20
    /// A line is not followed further than this for a place to cut.
    private static let longestLine = 8 << 20

    init(_ source: UnsafeRawBufferPointer) {
        let all = source.bindMemory(to: UInt8.self)
        let start = UnsafeBufferPointer(rebasing: all.prefix(4 * Self.size))
        charset = Charset(of: start, declared: nil, isWhole: start.count == all.count)
        bytes = UnsafeBufferPointer(rebasing: all.dropFirst(charset.markLength))
    }

    /// The first bytes, at most so many.
    func start(_ count: Int) -> [UInt8] {
        let end = charset.isUTF8 ? min(bytes.count, count) : self.end(of: 0, size: count / 2)
        let text = charset.utf8(UnsafeBufferPointer(rebasing: bytes[0..<end])).text
        return text.count > count ? Array(text.prefix(count)) : text
    }

    /// Bytes without meaning in the charset, over all pieces.
    func forEach(_ take: (UnsafeBufferPointer<UInt8>) throws(SinkError) -> Void) throws(SinkError) -> Int {
        var replaced = 0
        var place = 0
        while place < bytes.count {
            let end = charset.isUTF8 ? min(bytes.count, place + Self.size) : self.end(of: place, size: Self.size)
            let piece = UnsafeBufferPointer(rebasing: bytes[place..<end])
            place = end
            if charset.isUTF8 {
                try take(piece)
                continue
            }
            let converted = charset.utf8(piece)
            replaced += converted.replaced
            var failure: SinkError?
            converted.text.withUnsafeBufferPointer { text in
                do throws(SinkError) { try take(text) } catch { failure = error }
            }
            if let failure { throw failure }
        }
        return replaced
    }

    /// Behind the first line end after `size` bytes: no charset cuts a character there.
    private func end(of start: Int, size: Int) -> Int {
        let unit = charset.unit
        var index = start + size / unit * unit
        let last = min(bytes.count, index + Self.longestLine)
        let isBig = charset.name.hasSuffix("BE")
        while index + unit <= last {
            let isFeed = (0..<unit).allSatisfy { bytes[index + $0] == ($0 == (isBig ? unit - 1 : 0) ? 0x0A : 0) }
            index += unit
            if isFeed { return index }
        }
        return last
    }
}
