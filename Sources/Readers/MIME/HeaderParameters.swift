// SPDX-License-Identifier: Apache-2.0

/// A field with a word and parameters behind it: Content-Type, Content-Disposition (RFC 2045, 5.1; RFC 2231).
///
/// Names are lower case. Values come decoded, whether by RFC 2231, by encoded words, or as bytes of some charset; missing
/// quotation marks, semicolons and closing quotation marks are made up for.
package struct HeaderParameters {
    /// Lower case: `text/plain`, `attachment`.
    package private(set) var word = ""
    private var values: [String: String] = [:]

    package init() {}

    package subscript(name: String) -> String? { values[name] }

    package init(_ field: UnsafeRawBufferPointer) {
        var scan = ParameterScan(bytes: field)
        word = String(decoding: scan.word(), as: UTF8.self).lowercased()
        var pieces: [String: [Piece]] = [:]
        var count = 0
        while count < 200, let (name, value) = scan.parameter() {
            count += 1
            let piece = Piece(name, value)
            if piece.number == nil, pieces[piece.name]?.contains(where: { $0.number == nil && $0.isEncoded == piece.isEncoded }) == true { continue }
            pieces[piece.name, default: []].append(piece)
        }
        for (name, pieces) in pieces { values[name] = Self.joined(pieces) }
    }

    /// One parameter as it stands: `name`, `name*`, `name*2`, `name*2*`.
    private struct Piece {
        let name: String
        let number: Int?
        let isEncoded: Bool
        let value: [UInt8]

        init(_ name: String, _ value: [UInt8]) {
            var parts = name.split(separator: "*", omittingEmptySubsequences: false)
            let isEncoded = parts.count > 1 && parts.last?.isEmpty == true
            if isEncoded { parts.removeLast() }
            let number = parts.count > 1 ? parts.last.flatMap { Int($0) } : nil
            self.name = parts.first.map(String.init) ?? name
            self.number = number
            self.isEncoded = isEncoded
            self.value = value
        }
    }

    /// An extended value goes before a plain one, a whole one before pieces (RFC 6266, 4.3 says so of file names).
    private static func joined(_ pieces: [Piece]) -> String {
        if let whole = pieces.first(where: { $0.number == nil && $0.isEncoded }) { return extended([whole]) }
        let numbered = pieces.filter { $0.number != nil }.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
        if !numbered.isEmpty { return extended(numbered) }
        let plain = pieces.first?.value ?? []
        return plain.withUnsafeBytes { EncodedWords.decoded($0) }
    }

    private static func extended(_ pieces: [Piece]) -> String {
        var charset: String?
        var bytes: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            var value = piece.value[...]
            if index == 0, piece.isEncoded {
                let quote = UInt8(ascii: "'")
                if let first = value.firstIndex(of: quote), let second = value[(first + 1)...].firstIndex(of: quote) {
                    charset = String(decoding: value[..<first], as: UTF8.self)
                    value = value[(second + 1)...]
                }
            }
            bytes += piece.isEncoded ? unescaped(value) : Array(value)
        }
        // Pieces that hold encoded words are wrong and common.
        if charset == nil { return bytes.withUnsafeBytes { EncodedWords.decoded($0) } }
        return EncodedWords.text(bytes, charset).withUnsafeBytes { EncodedWords.decoded($0) }
    }

    private static func unescaped(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var index = value.startIndex
        while index < value.endIndex {
            if value[index] == UInt8(ascii: "%"), index + 2 < value.endIndex, let byte = TransferEncoding.hexByte(value[index + 1], value[index + 2]) {
                out.append(byte)
                index += 3
            } else {
                out.append(value[index])
                index += 1
            }
        }
        return out
    }
}

private struct ParameterScan {
    let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

    private mutating func skipBlanks() {
        while at < bytes.count {
            if Self.isSpace(bytes[at]) || bytes[at] == UInt8(ascii: ";") { at += 1 } else if bytes[at] == UInt8(ascii: "(") { skipComment() } else { return }
        }
    }

    private mutating func skipComment() {
        var depth = 0
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\\"): at += 1
            default: break
            }
            at += 1
            if depth == 0 { return }
        }
    }

    /// Up to the first semicolon or blank.
    mutating func word() -> [UInt8] {
        skipBlanks()
        var out: [UInt8] = []
        while at < bytes.count, bytes[at] != UInt8(ascii: ";") {
            if bytes[at] == UInt8(ascii: "(") { break }
            if Self.isSpace(bytes[at]) {
                // "text / plain" is one word, "text/plain charset=x" is two.
                var ahead = at
                while ahead < bytes.count, Self.isSpace(bytes[ahead]) { ahead += 1 }
                guard ahead < bytes.count, bytes[ahead] == UInt8(ascii: "/") || out.last == UInt8(ascii: "/") else { break }
                at = ahead
                continue
            }
            if bytes[at] != UInt8(ascii: "\"") { out.append(bytes[at]) }
            at += 1
        }
        return out
    }

    mutating func parameter() -> (name: String, value: [UInt8])? {
        while true {
            skipBlanks()
            guard at < bytes.count else { return nil }
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "="), bytes[at] != UInt8(ascii: ";") { at += 1 }
            let name = String(decoding: bytes.part(start..<at).trimmed, as: UTF8.self).lowercased()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { continue }
            at += 1
            while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
            let value = at < bytes.count && bytes[at] == UInt8(ascii: "\"") ? quoted() : unquoted()
            if !name.isEmpty { return (name, value) }
        }
    }

    /// RFC 5322, 3.2.4; a backslash before anything but a quotation mark or a backslash is one of a Windows path.
    private mutating func quoted() -> [UInt8] {
        at += 1
        var out: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return out }
            if byte == UInt8(ascii: "\\"), at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "\\") {
                out.append(bytes[at])
                at += 1
            } else if byte == 0x0D || byte == 0x0A {
                // A folded value: the line end goes, one blank stays.
                while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
                out.append(0x20)
            } else {
                out.append(byte)
            }
        }
        return out
    }

    /// Up to the semicolon; blanks within a name that was not quoted are kept, unless another parameter follows them.
    private mutating func unquoted() -> [UInt8] {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ";") {
            if Self.isSpace(bytes[at]), startsParameter(after: at) { break }
            at += 1
        }
        return Array(bytes.part(start..<at).trimmed)
    }

    private func startsParameter(after blank: Int) -> Bool {
        var index = blank
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
        let start = index
        while index < bytes.count, bytes[index] | 0x20 >= 0x61 && bytes[index] | 0x20 <= 0x7A || bytes[index] == UInt8(ascii: "*") || bytes[index] == UInt8(ascii: "-") {
            index += 1
        }
        return index > start && index < bytes.count && bytes[index] == UInt8(ascii: "=")
    }
}
