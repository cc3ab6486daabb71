// SPDX-License-Identifier: Apache-2.0

/// A value on its way to YAML or JSON text.
enum Shown: Sendable {
    /// Written as it is: a number, a word of ours, a duration.
    case plain(String)
    /// Somebody's text, quoted.
    case text(String)
    case list([Shown])
    case mapping([(String, Shown)])
    /// Not set.
    case nothing

    /// YAML that reads back to the same.
    func yaml() -> String {
        var out = ""
        write(to: &out, indent: 0)
        return out
    }

    private func write(to out: inout String, indent: Int) {
        let pad = String(repeating: " ", count: indent)
        switch self {
        case .mapping(let pairs):
            for (key, value) in pairs {
                switch value {
                case .mapping(let inner) where !inner.isEmpty:
                    out += "\(pad)\(Self.key(key)):\n"
                    value.write(to: &out, indent: indent + 2)
                case .list(let list) where list.contains(where: \.isMapping):
                    out += "\(pad)\(Self.key(key)):\n"
                    for element in list {
                        var text = ""
                        element.write(to: &text, indent: indent + 4)
                        out += "\(pad)  - \(text.dropFirst(indent + 4))"
                    }
                default: out += "\(pad)\(Self.key(key)): \(value.json(isYAML: true))\n"
                }
            }
        default: out += "\(pad)\(json(isYAML: true))\n"
        }
    }

    private var isMapping: Bool { if case .mapping = self { true } else { false } }

    /// On one line. As JSON, words and durations are quoted, numbers and truth values are not.
    func json(isYAML: Bool = false) -> String {
        switch self {
        case .plain(let word):
            let isBare = isYAML || word == "true" || word == "false" || !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == ".") }
            return isBare ? word : Self.quoted(word)
        case .text(let text): return Self.quoted(text)
        case .list(let list): return "[\(list.map { $0.json(isYAML: isYAML) }.joined(separator: ", "))]"
        case .mapping(let pairs): return "{\(pairs.map { "\(Self.quoted($0)): \($1.json(isYAML: isYAML))" }.joined(separator: ", "))}"
        case .nothing: return "null"
        }
    }

    private static func key(_ key: String) -> String {
        !key.isEmpty && key.utf8.allSatisfy { $0 == 0x5F || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) } ? key : quoted(key)
    }

    /// A string of JSON, which is one of YAML too.
    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\0"..<" ", "\u{7F}"..<"\u{A0}", "\u{2028}"..."\u{2029}", "\u{FEFF}":
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
