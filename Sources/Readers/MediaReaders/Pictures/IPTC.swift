// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// IPTC-IIM 4.2, record 2, as Photoshop keeps it.
enum IPTC {
    static func read(_ octets: Octets, _ facts: inout Facts) {
        var at = 0
        var keywords: [String] = []
        var values: [Int: String] = [:]
        for _ in 0..<2_000 {
            guard octets.byte(at) == 0x1C, let record = octets.byte(at + 1), let field = octets.byte(at + 2), let count = octets.u16(at + 3), count < 0x8000 else { break }
            let text = octets.part(at + 5, count)?.text ?? ""
            if record == 2, field == 25, !text.isEmpty { keywords.append(text) } else if record == 2, values[Int(field)] == nil { values[Int(field)] = text }
            at += 5 + count
        }
        func value(_ field: Int) -> String { values[field] ?? "" }
        facts.describe(title: value(5).isEmpty ? value(105) : value(5))
        facts.describe(text: value(120))
        facts.add(.author, value(80), as: "author")
        facts.add(.keywords, keywords.joined(separator: ", "), as: "keywords")
        facts.add(.copyright, value(116), as: "copyright")
        facts.add(.location, [value(90), value(95), value(101)].filter { !$0.isEmpty }.joined(separator: ", "), as: "location")
        let day = value(55)
        if day.utf8.count == 8 { facts.add(.taken, "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))", as: "created") }
    }

    /// From the resources that Photoshop leaves in other pictures.
    static func resources(_ octets: Octets, _ facts: inout Facts) {
        PhotoshopResources.each(octets) { number, part in
            if number == 0x0404 { read(part, &facts) }
        }
    }
}
