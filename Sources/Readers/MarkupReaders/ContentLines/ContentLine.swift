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

    /// The value with its escapes undone; vCard 2.1 and vCalendar 1.0 write it as quoted-printable.
    var text: String { isPrintable ? Self.printable(value) : Self.unescaped(value).text }

    private var isPrintable: Bool { parameter("ENCODING")?.uppercased() == "QUOTED-PRINTABLE" }

    /// The value's parts between semicolons.
    var components: [String] {
        if isPrintable { return text.split(separator: ";", omittingEmptySubsequences: false).map(String.init) }
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

    /// Quoted-printable (RFC 2045, 6.7) in UTF-8, or ISO 8859-1 where it is no UTF-8.
    private static func printable(_ text: Line) -> String {
        var out: [UInt8] = []
        var at = text.startIndex
        while at < text.endIndex {
            if text[at] == UInt8(ascii: "="), at + 2 < text.endIndex, let byte = UInt8(text[(at + 1)...(at + 2)].text, radix: 16) {
                out.append(byte)
                at += 3
            } else {
                out.append(text[at])
                at += 1
            }
        }
        let clean = out.filter { $0 != 0x0D }
        return String(validating: clean, as: UTF8.self) ?? String(String.UnicodeScalarView(clean.map { Unicode.Scalar($0) }))
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
            if isPrintable, result.last?.last == UInt8(ascii: "=") {
                result[result.count - 1].removeLast()
                result[result.count - 1] += line
            } else if let first = line.first, first == 0x20 || first == 0x09, !result.isEmpty {
                result[result.count - 1] += line.dropFirst()
            } else if !line.isEmpty {
                isPrintable = line.prefix(200).text.uppercased().contains("QUOTED-PRINTABLE")
                result.append(Array(line))
            }
        }
        return result.map { $0[...] }
    }
}
