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
