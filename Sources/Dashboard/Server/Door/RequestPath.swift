// SPDX-License-Identifier: Apache-2.0

/// A request's target, taken apart strictly: segments that mean another folder are refused, not resolved.
struct RequestPath: Sendable, Equatable {
    /// Percent-decoded; none is empty, `.` or `..`, and none holds `/` or NUL.
    let segments: [String]
    /// Percent-decoded, in order.
    let query: [(name: String, value: String)]

    /// nil when it is not a path that anything here has.
    init?(_ target: String) {
        guard target.utf8.count <= 8_192, target.hasPrefix("/") else { return nil }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].dropFirst()
        var segments: [String] = []
        if !path.isEmpty {
            for piece in path.split(separator: "/", omittingEmptySubsequences: false) {
                guard let text = Self.decoded(piece, plusIsSpace: false), !text.isEmpty, text != ".", text != "..", !text.contains("/"), !text.utf8.contains(0) else { return nil }
                segments.append(text)
            }
        }
        self.segments = segments
        var query: [(String, String)] = []
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&").prefix(100) {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0], plusIsSpace: true), let value = Self.decoded(sides.count > 1 ? sides[1] : "", plusIsSpace: true) else { return nil }
            query.append((name, value))
        }
        self.query = query
    }

    static func == (a: Self, b: Self) -> Bool { a.segments == b.segments && a.query.elementsEqual(b.query) { $0 == $1 } }

    /// nil when a `%` is not followed by two digits, or the bytes are not UTF-8.
    static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
