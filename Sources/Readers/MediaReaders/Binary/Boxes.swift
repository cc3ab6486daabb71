// SPDX-License-Identifier: Apache-2.0

/// Boxes of the ISO base media file format (ISO 14496-12, 4.2), one behind the other.
struct Boxes: Sequence, IteratorProtocol {
    struct Box {
        var type: String
        var body: Octets
        /// Whether the file ends within it.
        var isCut: Bool
    }

    private let octets: Octets
    private var at: Int
    private var left = 100_000

    init(_ octets: Octets, from start: Int = 0) {
        self.octets = octets
        at = start
    }

    mutating func next() -> Box? {
        guard left > 0, var size = octets.u32(at), at + 8 <= octets.count else { return nil }
        left -= 1
        let type = octets.code(at + 4)
        var header = 8
        if size == 1 {
            guard let large = octets.u64(at + 8) else { return nil }
            size = large
            header = 16
        } else if size == 0 {
            size = octets.count - at
        }
        guard size >= header, let body = octets.part(at + header, size - header) else { return nil }
        let isCut = body.count < size - header
        at = isCut ? octets.count : at + size
        return Box(type: type, body: body, isCut: isCut)
    }

    static func first(_ type: String, in octets: Octets, from start: Int = 0) -> Octets? {
        for box in Boxes(octets, from: start) where box.type == type { return box.body }
        return nil
    }

    /// The box at the end of a path.
    static func find(_ path: [String], in octets: Octets) -> Octets? {
        var inside = octets
        for type in path {
            guard let found = first(type, in: inside) else { return nil }
            inside = found
        }
        return inside
    }
}
