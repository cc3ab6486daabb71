// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A delimited text's bytes as UTF-8, a piece at a time.
struct CSVPieces {
    private let bytes: UnsafeBufferPointer<UInt8>
    private static let size = 1 << 20

    init(_ source: UnsafeRawBufferPointer) {
        let all = source.bindMemory(to: UInt8.self)
        let hasMark = all.count >= 3 && all[0] == 0xEF && all[1] == 0xBB && all[2] == 0xBF
        bytes = UnsafeBufferPointer(rebasing: all.dropFirst(hasMark ? 3 : 0))
    }

    /// The first bytes, at most so many.
    func start(_ count: Int) -> [UInt8] { Array(bytes.prefix(count)) }

    func forEach(_ take: (UnsafeBufferPointer<UInt8>) throws(SinkError) -> Void) throws(SinkError) {
        var place = 0
        while place < bytes.count {
            let end = min(bytes.count, place + Self.size)
            try take(UnsafeBufferPointer(rebasing: bytes[place..<end]))
            place = end
        }
    }
}
