// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// XMP (ISO 16684-1): the few properties that say what a picture shows, found by their names.
enum XMP {
    static func read(_ octets: Octets, _ facts: inout Facts) {
        let packet = XMPPacket(octets.part(0, 1 << 20) ?? octets)
        facts.describe(title: packet.first("dc:title"))
        if facts.title.isEmpty { facts.describe(title: packet.first("photoshop:Headline")) }
        facts.describe(text: packet.first("dc:description"))
        facts.add(.author, packet.all("dc:creator"), as: "author")
        facts.add(.keywords, packet.all("dc:subject"), as: "keywords")
        facts.add(.copyright, packet.first("dc:rights"), as: "copyright")
        let place = ["photoshop:City", "photoshop:State", "photoshop:Country"].map { packet.first($0) }.filter { !$0.isEmpty }
        facts.add(.location, place.joined(separator: ", "), as: "location")
        let date = packet.first("photoshop:DateCreated")
        facts.add(.taken, date.isEmpty ? packet.first("xmp:CreateDate") : date, as: "created")
    }
}

private struct XMPPacket {
    private let octets: Octets

    init(_ octets: Octets) { self.octets = octets }

    func first(_ name: String) -> String { values(name).first ?? "" }
    func all(_ name: String) -> String { values(name).joined(separator: ", ") }

    /// `name="value"`, or `<name>…<rdf:li>value</rdf:li>…</name>`, or `<name>value</name>`.
    private func values(_ name: String) -> [String] {
        if let start = find(" \(name)=\""), let end = octets.bytes[start...].firstIndex(of: UInt8(ascii: "\"")) {
            return [Self.decoded(octets.bytes[start..<end])]
        }
        guard let start = find("<\(name)>") ?? find("<\(name) "), let end = find("</\(name)>", from: start) else { return [] }
        let inside = octets.bytes[start..<(end - name.utf8.count - 3)]
        var values: [String] = []
        var at = inside.startIndex
        while values.count < 200, let item = Self.find("<rdf:li", in: inside, from: at), let open = inside[item...].firstIndex(of: UInt8(ascii: ">")),
            let close = Self.find("</rdf:li>", in: inside, from: open) {
            let value = Self.decoded(inside[(open + 1)..<(close - 9)])
            if !value.isEmpty { values.append(value) }
            at = close
        }
        if values.isEmpty {
            let value = Self.decoded(inside)
            return value.isEmpty || value.contains("<") ? [] : [value]
        }
        return values
    }

    /// The place behind a text.
    private func find(_ text: String, from start: Int = 0) -> Int? {
        Self.find(text, in: octets.bytes[...], from: start)
    }

    private static func find(_ text: String, in bytes: Slice<UnsafeRawBufferPointer>, from start: Int) -> Int? {
        guard start <= bytes.endIndex else { return nil }
        let whole = UnsafeRawBufferPointer(rebasing: bytes[start...])
        return ByteSearch.first(Array(text.utf8), in: whole).map { start + $0 + text.utf8.count }
    }

    private static func decoded(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        var text = String(decoding: bytes, as: UTF8.self)
        if text.utf8.contains(UInt8(ascii: "&")) {
            for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#xA;", "\n"), ("&#10;", "\n"), ("&amp;", "&")] {
                text = text.split(separator: reference, omittingEmptySubsequences: false).joined(separator: character)
            }
        }
        return Octets.clean(text)
    }
}

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

    /// Photoshop's resources: `8BIM`, a number, a name, a length; 0x0404 is IPTC.
    static func resources(_ octets: Octets, _ facts: inout Facts) {
        var at = 0
        for _ in 0..<1_000 {
            guard octets.starts(with: "8BIM", at: at), let number = octets.u16(at + 4), let name = octets.byte(at + 6) else { return }
            let start = at + 6 + (Int(name) + 2) / 2 * 2
            guard let count = octets.u32(start) else { return }
            if number == 0x0404, let part = octets.part(start + 4, count) { read(part, &facts) }
            at = start + 4 + (count + 1) / 2 * 2
        }
    }
}
