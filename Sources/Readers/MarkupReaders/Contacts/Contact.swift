// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// One person or organization.
struct Contact {
    private var name = ""
    private var formalName = ""
    private var facts: [(Label, String)] = []

    mutating func take(_ property: ContentLine) {
        let isPrintable = property.parameter("ENCODING")?.uppercased() == "QUOTED-PRINTABLE"
        func text() -> String { isPrintable ? Self.printable(property.value) : property.text }
        func parts() -> [String] { (isPrintable ? text().split(separator: ";", omittingEmptySubsequences: false).map(String.init) : property.components) }
        switch property.name {
        case "FN": name = text()
        case "N":
            // Family, given, further names, title, suffix.
            let names = parts()
            formalName = [3, 1, 2, 0, 4].compactMap { names.indices.contains($0) && !names[$0].isEmpty ? names[$0] : nil }.joined(separator: " ")
        case "ORG": facts.append((.organization, parts().filter { !$0.isEmpty }.joined(separator: ", ")))
        case "TITLE", "ROLE": facts.append((.role, text()))
        case "TEL": facts.append((.phone, Self.bare(text(), "tel:") + Self.kind(property)))
        case "EMAIL": facts.append((.email, Self.bare(text(), "mailto:") + Self.kind(property)))
        case "ADR": facts.append((.address, parts().map { $0.split(separator: "\n").joined(separator: ", ") }.filter { !$0.isEmpty }.joined(separator: ", ") + Self.kind(property)))
        case "URL": facts.append((.website, text()))
        case "BDAY": facts.append((.birthday, Self.date(text())))
        case "NOTE": facts.append((.note, text()))
        case "CATEGORIES": facts.append((.keywords, text()))
        default: break
        }
    }

    func blocks(_ language: LabelLanguage) -> [Block] {
        let heading = name.isEmpty ? formalName : name
        let items = facts.filter { !$0.1.isEmpty }.map { LabelledFact.item($0, $1, language) }
        if heading.isEmpty, items.isEmpty { return [] }
        return [.heading(level: 2, [.text(heading.isEmpty ? "—" : heading)])] + (items.isEmpty ? [] : [.list(List(.bullet, items: items))])
    }

    private static func bare(_ text: String, _ scheme: String) -> String { text.lowercased().hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text }

    /// `(work, cell)`.
    private static func kind(_ property: ContentLine) -> String {
        let kinds = property.parameters.filter { $0.name == "TYPE" }.flatMap { $0.value.lowercased().split(separator: ",") }
            .filter { !["pref", "internet", "voice", "x-internet"].contains($0) }
        return kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"
    }

    private static func date(_ text: String) -> String {
        let digits = Array(text.utf8)
        guard digits.count == 8, digits.allSatisfy(Letters.isDigit) else { return text }
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }

    /// Quoted-printable (RFC 2045, 6.7) in UTF-8.
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
}
