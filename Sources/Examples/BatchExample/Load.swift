// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What a benchmark's document does: compute and wait for so long. `#busy 20` and `#idle 10`, in either order.
struct Load {
    var busy = 0
    var idle = 0

    init(busy: Int = 0, idle: Int = 0) {
        self.busy = busy
        self.idle = idle
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        for (word, number) in zip(words, words.dropFirst()) {
            if word == "#busy" { busy = Int(number) ?? 0 }
            if word == "#idle" { idle = Int(number) ?? 0 }
        }
    }

    var text: String { "#busy \(busy) #idle \(idle)\n" }

    /// Blocks.
    func carryOut() {
        if idle > 0 { usleep(UInt32(idle) * 1_000) }
        compute()
    }

    /// The same number of steps each time, about `busy` milliseconds of an undisturbed core.
    func compute() {
        var x: UInt64 = 88_172_645_463_325_252
        for _ in 0..<busy * Self.stepsPerMillisecond {
            x ^= x << 13
            x ^= x >> 7
            x ^= x << 17
        }
        if x == 0 { print("") }
    }

    private static let stepsPerMillisecond = 400_000
}
