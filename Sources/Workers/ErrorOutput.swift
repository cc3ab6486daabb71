// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What a worker prints: the first bytes kept, the rest read and dropped, until it is a flood.
struct ErrorOutput {
    private let descriptor: Int32
    private let most: Int
    private(set) var kept: [UInt8] = []
    private var total = 0

    init(_ descriptor: Int32, most: UInt64) {
        self.descriptor = descriptor
        self.most = Int(clamping: most)
    }

    /// More than any library has to say: reading on would only cost time.
    var isFlood: Bool { total > 256 * max(most, 1) }

    /// Reads what is there, at most 1 MiB at a time.
    mutating func drain() {
        withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { room in
            for _ in 0..<64 {
                let count = read(descriptor, room.baseAddress, room.count)
                guard count > 0 else { return }
                total += count
                kept += room.prefix(min(count, most - kept.count))
            }
        }
    }
}
