// SPDX-License-Identifier: Apache-2.0

/// Lists of addresses as they are shown: `Jörg Doe (joerg@example.org), list@example.org`.
///
/// Angle brackets would be markup in half of the outputs. Comments, routes and quotation marks go, groups keep their name
/// (RFC 5322, 3.4); what is no address stays as it is.
enum MailAddresses {
    static func shown(_ field: String) -> String {
        var out: [String] = []
        var scan = AddressScan(field)
        while out.count < 10_000, let entry = scan.next() {
            if !entry.isEmpty { out.append(entry) }
        }
        return out.joined(separator: ", ")
    }

    static func shown(name: String, address: String) -> String {
        if name.isEmpty || name.lowercased() == address.lowercased() { return address }
        return address.isEmpty ? name : "\(name) (\(address))"
    }
}

private struct AddressScan {
    private let text: [Unicode.Scalar]
    private var at = 0

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    /// One address, shown; nil at the end. A group's name comes as an entry of its own with a colon.
    mutating func next() -> String? {
        var phrase = String.UnicodeScalarView()
        var comment = ""
        var address: String?
        guard at < text.count else { return nil }
        while at < text.count {
            let scalar = text[at]
            switch scalar {
            case ",", ";":
                at += 1
                return entry(phrase, address, comment)
            case "\"": phrase.append(contentsOf: quoted())
            case "(": comment = parenthesis()
            case "<": address = bracketed()
            case ":" where address == nil && !phrase.contains("@") && !phrase.isEmpty && text[at...].contains(";"):
                at += 1
                return trimmed(phrase) + ":"
            default:
                phrase.append(scalar)
                at += 1
            }
        }
        return entry(phrase, address, comment)
    }

    private func entry(_ phrase: String.UnicodeScalarView, _ address: String?, _ comment: String) -> String {
        let words = trimmed(phrase)
        guard let address else { return MailAddresses.shown(name: words.contains("@") ? comment : "", address: words) }
        return MailAddresses.shown(name: words.isEmpty ? comment : words, address: address)
    }

    private func trimmed(_ scalars: String.UnicodeScalarView) -> String {
        String(scalars).split(whereSeparator: { $0 == " " }).joined(separator: " ")
    }

    private mutating func quoted() -> String.UnicodeScalarView {
        var out = String.UnicodeScalarView()
        at += 1
        while at < text.count, text[at] != "\"" {
            if text[at] == "\\", at + 1 < text.count { at += 1 }
            out.append(text[at])
            at += 1
        }
        at += 1
        return out
    }

    private mutating func parenthesis() -> String {
        var out = String.UnicodeScalarView()
        var depth = 0
        while at < text.count {
            let scalar = text[at]
            at += 1
            if scalar == "(" {
                depth += 1
                if depth == 1 { continue }
            } else if scalar == ")" {
                depth -= 1
                if depth == 0 { break }
            }
            out.append(scalar)
        }
        return trimmed(out)
    }

    /// Without a source route before the last colon (RFC 5322, 4.4).
    private mutating func bracketed() -> String {
        var out = String.UnicodeScalarView()
        at += 1
        while at < text.count, text[at] != ">" {
            out.append(text[at])
            at += 1
        }
        at += 1
        let address = trimmed(out)
        guard address.hasPrefix("@"), let colon = address.lastIndex(of: ":") else { return address }
        return String(address[address.index(after: colon)...])
    }
}
