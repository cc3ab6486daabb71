// SPDX-License-Identifier: Apache-2.0

/// What the text names anywhere: addresses, substitutions, notes.
struct RSTNames {
    private(set) var targets: [String: String] = [:]
    private(set) var anonymous: [String] = []
    private(set) var substitutions: [String: (directive: String, text: Line)] = [:]
    private(set) var notes: Set<String> = []

    init(_ lines: [Line]) {
        var at = 0
        while at < lines.count {
            let line = lines[at].trimmed
            at += 1
            if line.hasPrefix("__ ") { anonymous.append(line.dropFirst(3).trimmed.text) }
            guard line.hasPrefix(".. ") else { continue }
            let rest = line.dropFirst(3).trimmed
            if rest.hasPrefix("__:") {
                anonymous.append(rest.dropFirst(3).trimmed.text)
            } else if rest.first == UInt8(ascii: "_"), let colon = Self.colon(rest) {
                var address = rest[(colon + 1)...].trimmed
                // A long address goes on in the next line.
                if address.isEmpty, at < lines.count, lines[at].indent > 0 { address = lines[at].trimmed }
                let name = rest[(rest.startIndex + 1)..<colon].filter { $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "\\") }
                if !address.isEmpty { targets[Self.normal(name[...])] = address.text }
            } else if rest.first == UInt8(ascii: "|"), let bar = rest.dropFirst().firstIndex(of: UInt8(ascii: "|")) {
                let body = rest[(bar + 1)...].trimmed
                if let mark = body.first("::") {
                    substitutions[rest[(rest.startIndex + 1)..<bar].text] = (body[..<mark].text, body[(mark + 2)...].trimmed)
                }
            } else if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) {
                notes.insert(rest[(rest.startIndex + 1)..<close].text)
            }
        }
        // Targets may name each other: `a_` stands for what `a` names.
        for (name, address) in targets where address.hasSuffix("_") {
            if let other = targets[String(address.dropLast()).lowercased()] { targets[name] = other }
        }
    }

    private static func colon(_ text: Line) -> Int? {
        var isQuoted = false
        for index in text.indices {
            if text[index] == UInt8(ascii: "`") { isQuoted.toggle() }
            if text[index] == UInt8(ascii: ":"), !isQuoted, text[index - 1] != UInt8(ascii: "\\"), index + 1 == text.endIndex || text[index + 1] == 0x20 { return index }
        }
        return nil
    }

    static func normal(_ name: Line) -> String { name.split(whereSeparator: Letters.isSpace).map { $0.text.lowercased() }.joined(separator: " ") }

    func target(_ name: Line) -> String? { targets.isEmpty ? nil : targets[Self.normal(name)] }
}
