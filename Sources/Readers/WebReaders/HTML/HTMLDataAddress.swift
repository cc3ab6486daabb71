// SPDX-License-Identifier: Apache-2.0

/// A `data:` address (RFC 2397) taken apart.
struct HTMLDataAddress {
    var mediaType: String
    var bytes: [UInt8]

    init?(_ address: ByteSlice) {
        guard address.hasKeyword("data:"), let comma = address.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let head = address[slice: 5..<comma]
        let parts = head.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { ByteSlice(rebasing: $0).trimmed }
        mediaType = String(decoding: (parts.first ?? head).map { ByteSlice.lower($0) }, as: UTF8.self)
        if mediaType.isEmpty { mediaType = "text/plain" }
        let body = Self.percentDecoded(address[slice: (comma + 1)..<address.count])
        bytes = parts.contains { $0.isKeyword("base64") } ? Self.base64(body) : body
        if bytes.isEmpty { return nil }
    }

    static func percentDecoded(_ text: ByteSlice) -> [UInt8] {
        guard text.contains(UInt8(ascii: "%")) else { return Array(text) }
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count, let high = digit(text[index + 1]), let low = digit(text[index + 2]) {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Both alphabets of RFC 4648; anything else is skipped.
    static func base64(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in text {
            let value: UInt32
            switch byte {
            case 0x41...0x5A: value = UInt32(byte - 0x41)
            case 0x61...0x7A: value = UInt32(byte - 0x61 + 26)
            case 0x30...0x39: value = UInt32(byte - 0x30 + 52)
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            default: continue
            }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }
}
