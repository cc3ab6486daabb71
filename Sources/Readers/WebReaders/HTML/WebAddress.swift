// SPDX-License-Identifier: Apache-2.0

/// Addresses relative to another one (RFC 3986, 5.2), of a page on the web or of a file in a package.
enum WebAddress {
    /// `reference` as seen from `base`, which need not be absolute: paths within a package have neither scheme nor host.
    static func resolve(_ reference: String, against base: String) -> String {
        guard !base.isEmpty else { return reference }
        if reference.utf8.first == UInt8(ascii: "#"), !base.utf8.contains(UInt8(ascii: "#")) { return base + reference }
        let parts = Parts(reference)
        guard parts.scheme.isEmpty else { return reference }
        let ground = Parts(base)
        // mailto:, cid:, data: and their like have no hierarchy that anything could be relative to.
        guard ground.scheme.isEmpty || ground.authority != nil || ground.path.first == "/" else { return reference }
        var result = ground
        result.fragment = parts.fragment
        if parts.authority != nil {
            result.authority = parts.authority
            result.path = withoutDots(parts.path)
            result.query = parts.query
        } else if parts.path.isEmpty {
            if parts.query != nil { result.query = parts.query }
        } else {
            result.query = parts.query
            if parts.path.utf8.first == UInt8(ascii: "/") {
                result.path = withoutDots(parts.path)
            } else {
                let folder = ground.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(ground.path[...$0]) } ?? (ground.authority == nil ? "" : "/")
                result.path = withoutDots(folder + parts.path)
            }
        }
        return result.text
    }

    /// The address without `#…`, and what stands behind it.
    static func split(_ address: String) -> (address: String, fragment: String?) {
        guard let hash = address.utf8.firstIndex(of: UInt8(ascii: "#")) else { return (address, nil) }
        return (String(address[..<hash]), String(address[address.utf8.index(after: hash)...]))
    }

    /// `%41` as `A`; what is no UTF-8 then stays as it was.
    static func percentDecoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var text = text
        let decoded = text.withUTF8 { HTMLDataAddress.percentDecoded($0) }
        return String(validating: decoded, as: UTF8.self) ?? text
    }

    /// RFC 3986 appendix B.
    private struct Parts {
        var scheme = ""
        var authority: String?
        var path = ""
        var query: String?
        var fragment: String?

        init(_ address: String) {
            var rest = Substring(address).utf8
            if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
                fragment = Self.string(rest[rest.index(after: hash)...])
                rest = rest[..<hash]
            }
            if let colon = rest.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }),
                rest[colon] == UInt8(ascii: ":"), let first = rest.first, ByteSlice.isLetter(first), rest[..<colon].allSatisfy(Self.isOfScheme) {
                scheme = Self.string(rest[..<colon])
                rest = rest[rest.index(after: colon)...]
            }
            if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
                query = Self.string(rest[rest.index(after: mark)...])
                rest = rest[..<mark]
            }
            if rest.starts(with: "//".utf8) {
                rest = rest.dropFirst(2)
                let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
                authority = Self.string(rest[..<end])
                rest = rest[end...]
            }
            path = Self.string(rest)
        }

        private static func string(_ part: Substring.UTF8View) -> String { String(Substring(part)) }

        private static func isOfScheme(_ byte: UInt8) -> Bool {
            ByteSlice.isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2B || byte == 0x2D || byte == 0x2E
        }

        var text: String {
            var text = scheme.isEmpty ? "" : scheme + ":"
            if let authority { text += "//" + authority }
            text += path
            if let query { text += "?" + query }
            if let fragment { text += "#" + fragment }
            return text
        }
    }

    /// RFC 3986, 5.2.4; a path never leaves its root.
    private static func withoutDots(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var kept: [Substring] = []
        let pieces = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }.dropFirst(isAbsolute ? 1 : 0)
        for (offset, piece) in pieces.enumerated() {
            let isLast = offset == pieces.count - 1
            switch piece {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(piece)
            }
        }
        return (isAbsolute ? "/" : "") + kept.joined(separator: "/")
    }
}
