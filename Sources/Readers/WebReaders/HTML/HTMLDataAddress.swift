// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import TextDecoding

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
        bytes = parts.contains { $0.isKeyword("base64") } ? Base64Text.bytes(body) : body
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
}
