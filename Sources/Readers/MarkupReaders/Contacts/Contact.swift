// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// One person or organization.
struct Contact {
    private var name = ""
    private var formalName = ""
    private var facts: [(Label, String)] = []

    mutating func take(_ property: ContentLine) {
        switch property.name {
        case "FN": name = property.text
        case "N":
            // Family, given, further names, title, suffix.
            let names = property.components
            formalName = [3, 1, 2, 0, 4].compactMap { names.indices.contains($0) && !names[$0].isEmpty ? names[$0] : nil }.joined(separator: " ")
        case "ORG": facts.append((.organization, property.components.filter { !$0.isEmpty }.joined(separator: ", ")))
        case "TITLE", "ROLE": facts.append((.role, property.text))
        case "TEL": facts.append((.phone, Self.bare(property.text, "tel:") + Self.kind(property)))
        case "EMAIL": facts.append((.email, Self.bare(property.text, "mailto:") + Self.kind(property)))
        case "ADR": facts.append((.address, property.components.map { $0.split(separator: "\n").joined(separator: ", ") }.filter { !$0.isEmpty }.joined(separator: ", ") + Self.kind(property)))
        case "URL": facts.append((.website, property.text))
        case "BDAY": facts.append((.birthday, Self.date(property.text)))
        case "NOTE": facts.append((.note, property.text))
        case "CATEGORIES": facts.append((.keywords, property.text))
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
}
