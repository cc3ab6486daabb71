// SPDX-License-Identifier: Apache-2.0

/// The random numbers of one mutant: the same seed and number give the same mutant on every machine (SplitMix64).
package struct Dice: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64, file: String, number: Int) {
        state = file.utf8.reduce(seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    package mutating func below(_ limit: Int) -> Int { limit > 1 ? Int(next() % UInt64(limit)) : 0 }
}

/// One way to damage bytes.
package enum Mutation: CaseIterable {
    case flipBits, setBytes, lengthField, swapBlocks, repeatBlock, removeBlock, noise, repeatTag, removeTag, bigNumber, repeatOften

    /// Up to here a mutant is a truncation at a multiple of 1/64.
    package static let truncations = 63

    /// Mutant `number` of `bytes`.
    package static func mutant(_ bytes: [UInt8], number: Int, _ dice: inout Dice) -> [UInt8] {
        if number < truncations { return Array(bytes.prefix(max(bytes.count * (number + 1) / 64, 1))) }
        var out = bytes
        for _ in 0...dice.below(3) {
            guard let kind = allCases.randomElement(using: &dice) else { continue }
            kind.apply(to: &out, &dice)
        }
        return out
    }

    private func apply(to bytes: inout [UInt8], _ dice: inout Dice) {
        guard bytes.count > 8 else { return bytes.append(UInt8(truncatingIfNeeded: dice.next())) }
        switch self {
        case .flipBits:
            for _ in 0...dice.below(16) { bytes[dice.below(bytes.count)] ^= 1 << UInt8(dice.below(8)) }
        case .setBytes:
            let value: UInt8 = [0, 0xFF, 0x7F, 0x80, 0x20, 0x0A][dice.below(6)]
            for place in block(of: bytes, 64, &dice) { bytes[place] = value }
        case .lengthField:
            let width = [1, 2, 4, 8][dice.below(4)]
            let start = dice.below(bytes.count - width + 1) / width * width
            let pattern: [UInt8] = [[0, 0, 0, 0, 0, 0, 0, 0], [255, 255, 255, 255, 255, 255, 255, 255], [255, 255, 255, 127, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]][dice.below(4)]
            for offset in 0..<width { bytes[start + offset] = pattern[offset] }
        case .swapBlocks:
            let length = 1 + dice.below(min(bytes.count / 2, 512))
            let first = dice.below(bytes.count - length), second = dice.below(bytes.count - length)
            for offset in 0..<length { bytes.swapAt(first + offset, second + offset) }
        case .repeatBlock:
            let piece = Array(bytes[block(of: bytes, 2_048, &dice)])
            bytes.insert(contentsOf: piece, at: dice.below(bytes.count))
        case .removeBlock: bytes.removeSubrange(block(of: bytes, 512, &dice))
        case .noise:
            for place in block(of: bytes, 48, &dice) { bytes[place] = UInt8(truncatingIfNeeded: dice.next()) }
        case .repeatTag, .removeTag, .bigNumber, .repeatOften: applyToText(&bytes, &dice)
        }
    }

    /// What hurts markup and other text more than single bytes do.
    private func applyToText(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let start = dice.below(bytes.count)
        switch self {
        case .bigNumber:
            guard let first = bytes[start...].firstIndex(where: { (0x30...0x39).contains($0) }) else { return }
            let last = bytes[first...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.count
            let numbers = ["0", "-1", "2147483647", "4294967296", "9223372036854775807", "99999999999999999999", "1e308", "1048577", "65536"]
            bytes.replaceSubrange(first..<last, with: numbers[dice.below(numbers.count)].utf8)
        case .repeatOften:
            let piece = Array(bytes[block(of: bytes, 24, &dice)])
            let times = 1 + dice.below(400)
            bytes.insert(contentsOf: (0..<times).flatMap { _ in piece }, at: start)
        default:
            // From one bracket to another a few further on.
            let open: UInt8 = [UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["), 0x0A][dice.below(4)]
            guard let first = bytes[start...].firstIndex(of: open) else { return }
            var last = first
            for _ in 0...dice.below(4) { last = bytes[(last + 1)...].firstIndex(of: open) ?? bytes.count - 1 }
            guard last > first, last - first < 8_192 else { return }
            if self == .removeTag { return bytes.removeSubrange(first..<last) }
            bytes.insert(contentsOf: Array(bytes[first..<last]), at: first)
        }
    }

    private func block(of bytes: [UInt8], _ most: Int, _ dice: inout Dice) -> Range<Int> {
        let length = 1 + dice.below(min(bytes.count / 2, most))
        let start = dice.below(bytes.count - length)
        return start..<start + length
    }
}
