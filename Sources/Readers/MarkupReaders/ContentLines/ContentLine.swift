// SPDX-License-Identifier: Apache-2.0

/// One property of a calendar or a contact (RFC 5545, 3.1; RFC 6350, 3.3): `NAME;PARAMETER=value:value`, long ones
/// folded over several lines.
struct ContentLine {
    /// In capitals, without a group.
    let name: String
    private(set) var parameters: [(name: String, value: String)] = []
    let value: Line

    init?(_ line: Line) {
        var at = line.startIndex
        var start = at
        var parts: [Line] = []
        var isQuoted = false
        while at < line.endIndex {
            let byte = line[at]
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if !isQuoted, byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") {
                parts.append(line[start..<at])
                start = at + 1
                if byte == UInt8(ascii: ":") { break }
            }
            at += 1
        }
        guard at < line.endIndex, let first = parts.first, !first.isEmpty, first.count < 100 else { return nil }
        let bare = first.lastIndex(of: UInt8(ascii: ".")).map { first[($0 + 1)...] } ?? first
        name = bare.text.uppercased()
        value = line[start...]
        for part in parts.dropFirst() {
            guard let equal = part.firstIndex(of: UInt8(ascii: "=")) else {
                // vCard 2.1 leaves the name out.
                parameters.append((part.text.uppercased() == "QUOTED-PRINTABLE" ? "ENCODING" : "TYPE", part.text))
                continue
            }
            parameters.append((part[..<equal].text.uppercased(), part[(equal + 1)...].filter { $0 != UInt8(ascii: "\"") }[...].text))
        }
    }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The value with its escapes undone.
    var text: String { Self.unescaped(value).text }

    /// The value's parts between semicolons.
    var components: [String] {
        var parts: [String] = []
        var start = value.startIndex
        var at = start
        while at < value.endIndex {
            if value[at] == UInt8(ascii: "\\") { at += 2; continue }
            if value[at] == UInt8(ascii: ";") {
                parts.append(Self.unescaped(value[start..<at]).text)
                start = at + 1
            }
            at += 1
        }
        return parts + [Self.unescaped(value[min(start, value.endIndex)...]).text]
    }

    private static func unescaped(_ text: Line) -> Line {
        guard text.contains(UInt8(ascii: "\\")) else { return text }
        var out: [UInt8] = []
        var at = text.startIndex
        while at < text.endIndex {
            if text[at] == UInt8(ascii: "\\"), at + 1 < text.endIndex {
                out.append(text[at + 1] | 0x20 == UInt8(ascii: "n") ? 0x0A : text[at + 1])
                at += 2
            } else {
                out.append(text[at])
                at += 1
            }
        }
        return out[...]
    }

    /// Lines put together again: one that begins with white space goes on with the line before it; in vCard 2.1 a
    /// quoted-printable value goes on behind `=`.
    static func unfolded(_ lines: [Line]) -> [Line] {
        var result: [[UInt8]] = []
        var isPrintable = false
        for line in lines {
            if let first = line.first, first == 0x20 || first == 0x09, !result.isEmpty {
                result[result.count - 1] += line.dropFirst()
            } else if isPrintable, result[result.count - 1].last == UInt8(ascii: "=") {
                result[result.count - 1].removeLast()
                result[result.count - 1] += line
            } else if !line.isEmpty {
                isPrintable = line.prefix(200).text.uppercased().contains("QUOTED-PRINTABLE")
                result.append(Array(line))
            }
        }
        return result.map { $0[...] }
    }
}
