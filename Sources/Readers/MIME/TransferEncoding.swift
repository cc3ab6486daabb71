// SPDX-License-Identifier: Apache-2.0
import Glibc

/// How the bytes of a part are written (RFC 2045, 6).
package enum TransferEncoding: Sendable, Hashable {
    case identity
    case quotedPrintable
    case base64
    case uuencode

    /// 7bit, 8bit, binary and anything unknown are the bytes themselves.
    package init(_ name: String) {
        switch name {
        case "quoted-printable": self = .quotedPrintable
        case "base64": self = .base64
        case "x-uuencode", "uuencode", "x-uue", "uue": self = .uuencode
        default: self = .identity
        }
    }

    /// The bytes that were meant, as many as can be told; whether something in between was no such encoding.
    package func decoded(_ bytes: UnsafeRawBufferPointer) -> (bytes: [UInt8], isDamaged: Bool) {
        switch self {
        case .identity: (Array(bytes), false)
        case .quotedPrintable: (Self.quotedPrintable(bytes), false)
        case .base64: Self.base64(bytes)
        case .uuencode: UUEncoding.decoded(bytes).map { ($0.bytes, false) } ?? (Array(bytes), true)
        }
    }

    package static func hexByte(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = hexDigit(high), let low = hexDigit(low) else { return nil }
        return high << 4 | low
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// RFC 2045, 6.7: soft line breaks go, with blanks before the line end; a `=` that means nothing stands for itself.
    private static func quotedPrintable(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard let base = bytes.baseAddress else { return [] }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard let hit = memchr(base + at, Int32(UInt8(ascii: "=")), bytes.count - at) else {
                out.append(contentsOf: bytes.from(at))
                break
            }
            let place = UnsafeRawPointer(hit) - base
            out.append(contentsOf: bytes.part(at..<place))
            if place + 2 < bytes.count, let value = hexByte(bytes[place + 1], bytes[place + 2]) {
                out.append(value)
                at = place + 3
                continue
            }
            var end = place + 1
            while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
            if end >= bytes.count {
                at = bytes.count
            } else if bytes[end] == 0x0D || bytes[end] == 0x0A {
                at = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
            } else {
                out.append(UInt8(ascii: "="))
                at = place + 1
            }
        }
        return out
    }

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() { table[Int(byte)] = UInt8(value) }
        table[Int(UInt8(ascii: "-"))] = 62
        table[Int(UInt8(ascii: "_"))] = 63
        for byte in [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D] { table[byte] = 0xFE }
        return table
    }()

    static func digits(ofBase64 bytes: UnsafeRawBufferPointer) -> Int {
        values.withUnsafeBufferPointer { values in
            var count = 0
            for byte in bytes where values[Int(byte)] < 64 { count += 1 }
            return count
        }
    }

    /// RFC 2045, 6.8, of either alphabet; what is no digit is skipped, padding ends a group wherever it stands.
    private static func base64(_ bytes: UnsafeRawBufferPointer) -> (bytes: [UInt8], isDamaged: Bool) {
        var strays = 0
        var isCut = false
        let out = [UInt8](unsafeUninitializedCapacity: bytes.count / 4 * 3 + 3) { room, count in
            values.withUnsafeBufferPointer { values in
                var group: UInt32 = 0
                var digits = 0
                func flush() {
                    if digits >= 2 {
                        room[count] = UInt8(truncatingIfNeeded: group >> (digits == 2 ? 4 : 10))
                        count += 1
                    }
                    if digits == 3 {
                        room[count] = UInt8(truncatingIfNeeded: group >> 2)
                        count += 1
                    }
                    if digits == 1 { isCut = true }
                    group = 0
                    digits = 0
                }
                for byte in bytes {
                    let value = values[Int(byte)]
                    if value < 64 {
                        group = group << 6 | UInt32(value)
                        digits += 1
                        if digits == 4 {
                            room[count] = UInt8(truncatingIfNeeded: group >> 16)
                            room[count + 1] = UInt8(truncatingIfNeeded: group >> 8)
                            room[count + 2] = UInt8(truncatingIfNeeded: group)
                            count += 3
                            group = 0
                            digits = 0
                        }
                    } else if byte == UInt8(ascii: "=") {
                        flush()
                    } else if value == 0xFF {
                        strays += 1
                    }
                }
                flush()
            }
        }
        return (out, strays > 0 || isCut)
    }
}
