// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// PNG's chunks (PNG 3rd edition, section 11). Compressed text is left out.
enum PNGScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        var at = 8
        var packet: Octets?
        for _ in 0..<100_000 {
            guard let length = octets.u32(at), let body = octets.part(at + 8, length), body.count == length else {
                picture.isTruncated = true
                break
            }
            switch octets.code(at + 4) {
            case "IHDR":
                picture.width = body.u32(0) ?? 0
                picture.height = body.u32(4) ?? 0
                picture.depth = body.byte(8).map { Int($0) } ?? 0
            case "acTL": picture.frames = max(1, body.u32(0) ?? 1)
            case "eXIf": EXIF.read(body, &picture)
            case "tEXt": text(body, &picture.facts)
            case "iTXt": international(body, &picture.facts, &packet)
            case "tIME":
                if let year = body.u16(0), let month = body.byte(2), let day = body.byte(3) {
                    func two(_ value: UInt8) -> String { value < 10 ? "0\(value)" : "\(value)" }
                    if year > 0 { picture.facts.add(.year, "\(year)-\(two(month))-\(two(day))", as: "modified") }
                }
            default: break
            }
            if octets.starts(with: "IEND", at: at + 4) { break }
            at += 12 + length
        }
        if let packet { XMP.read(packet, &picture.facts) }
    }

    private static func text(_ body: Octets, _ facts: inout Facts) {
        guard let end = body.bytes.firstIndex(of: 0), let value = body.part(end + 1) else { return }
        add(body.part(0, end)?.latin ?? "", Octets.clean(value.latin), &facts)
    }

    /// Keyword, whether it is compressed, language, translated keyword, text.
    private static func international(_ body: Octets, _ facts: inout Facts, _ packet: inout Octets?) {
        guard let end = body.bytes.firstIndex(of: 0), body.byte(end + 1) == 0,
            let language = body.bytes[min(end + 3, body.count)...].firstIndex(of: 0),
            let keyword = body.bytes[min(language + 1, body.count)...].firstIndex(of: 0), let value = body.part(keyword + 1)
        else { return }
        let name = body.part(0, end)?.latin ?? ""
        if name == "XML:com.adobe.xmp" { packet = value } else { add(name, value.text, &facts) }
    }

    private static func add(_ name: String, _ value: String, _ facts: inout Facts) {
        switch name {
        case "Title": facts.describe(title: value)
        case "Description": facts.describe(text: value)
        case "Author": facts.add(.author, value, as: "author")
        case "Copyright": facts.add(.copyright, value, as: "copyright")
        case "Creation Time": facts.add(.taken, value, as: "created")
        case "Software": facts.add(.software, value, as: "software")
        case "Comment": facts.add(.comment, value)
        default: break
        }
    }
}
