// SPDX-License-Identifier: Apache-2.0

/// Character data: the five entities and character references (XML 1.0, 4.1 and 4.6) become what they stand for.
package enum XMLText {
    /// An entity that is none of these stays as it is written.
    package static func decode(_ raw: UnsafeBufferPointer<UInt8>) -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        return String(unsafeUninitializedCapacity: raw.count) { room in
            var out = 0, at = 0
            while at < raw.count {
                let byte = raw[at]
                if byte == UInt8(ascii: "&"), let (scalar, width) = reference(raw, at) {
                    for unit in UTF8.encode(scalar) ?? .init() {
                        room[out] = unit
                        out &+= 1
                    }
                    at &+= width
                } else {
                    room[out] = byte
                    out &+= 1
                    at &+= 1
                }
            }
            return out
        }
    }

    /// The character at `at` and the bytes its reference takes; never fewer than its UTF-8 takes.
    private static func reference(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Unicode.Scalar, Int)? {
        let end = min(raw.count, at &+ 12)
        var stop = at &+ 1
        while stop < end, raw[stop] != UInt8(ascii: ";") { stop &+= 1 }
        guard stop < end, stop > at &+ 1 else { return nil }
        let name = UnsafeBufferPointer(rebasing: raw[(at &+ 1)..<stop])
        let width = stop &- at &+ 1
        if name[0] == UInt8(ascii: "#") {
            let isHex = name.count > 1 && name[1] | 0x20 == UInt8(ascii: "x")
            let digits = String(decoding: name.dropFirst(isHex ? 2 : 1), as: UTF8.self)
            guard let value = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(value), value != 0 else { return nil }
            return UTF8.width(scalar) <= width ? (scalar, width) : nil
        }
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return ("&", width)
        case "lt": return ("<", width)
        case "gt": return (">", width)
        case "quot": return ("\"", width)
        case "apos": return ("'", width)
        default: return nil
        }
    }
}
