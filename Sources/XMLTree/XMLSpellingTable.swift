// SPDX-License-Identifier: Apache-2.0

/// Numbers of names by the bytes that spell them and the default namespace they are spelt in.
struct XMLSpellingTable: Sendable {
    private struct Slot: BitwiseCopyable {
        var hash: UInt32 = 0
        var start: UInt32 = 0
        var count: UInt32 = 0
        var space: UInt32 = 0
        var number: UInt32 = 0
    }

    /// A power of two; at most half of them are taken. An empty one has no hash.
    private var slots: [Slot] = Array(repeating: Slot(), count: 64)
    private var held = 0
    private var spellings: [UInt8] = []

    /// What a spelling is looked up by; `space` is the default namespace's number, which counts for names without a prefix.
    struct Key {
        let hash: UInt32
        let space: UInt32

        @inline(__always)
        init(_ spelling: UnsafeBufferPointer<UInt8>, _ space: UInt32) {
            var hash: UInt32 = 2_166_136_261
            var hasPrefix = false
            for byte in spelling {
                hash = (hash ^ UInt32(byte)) &* 16_777_619
                hasPrefix = hasPrefix || byte == UInt8(ascii: ":")
            }
            self.space = hasPrefix ? UInt32.max : space
            self.hash = (hash ^ (self.space &* 0x9E37_79B1)) | 1
        }
    }

    @inline(__always)
    func number(_ spelling: UnsafeBufferPointer<UInt8>, _ key: Key) -> UInt32? {
        let mask = slots.count &- 1
        var at = Int(key.hash >> 1) & mask
        while slots[at].hash != 0 {
            let slot = slots[at]
            if slot.hash == key.hash, slot.space == key.space, Int(slot.count) == spelling.count, isSame(slot, spelling) { return slot.number }
            at = (at &+ 1) & mask
        }
        return nil
    }

    @inline(__always)
    private func isSame(_ slot: Slot, _ spelling: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(slot.start)
        for index in 0..<spelling.count where spellings[start &+ index] != spelling[index] { return false }
        return true
    }

    /// Adds a spelling that is not there.
    mutating func add(_ spelling: UnsafeBufferPointer<UInt8>, _ key: Key, _ number: UInt32) {
        if held &* 2 >= slots.count { grow() }
        held += 1
        insert(Slot(
            hash: key.hash, start: UInt32(truncatingIfNeeded: spellings.count), count: UInt32(truncatingIfNeeded: spelling.count),
            space: key.space, number: number))
        spellings.append(contentsOf: spelling)
    }

    mutating func removeAll() {
        guard held > 0 else { return }
        self = XMLSpellingTable()
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count &* 2)
        for slot in old where slot.hash != 0 { insert(slot) }
    }

    private mutating func insert(_ slot: Slot) {
        let mask = slots.count &- 1
        var at = Int(slot.hash >> 1) & mask
        while slots[at].hash != 0 { at = (at &+ 1) & mask }
        slots[at] = slot
    }
}
