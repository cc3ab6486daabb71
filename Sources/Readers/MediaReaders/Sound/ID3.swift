// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// ID3 tags: version 2.2 to 2.4 at the start, version 1 at the end.
enum ID3 {
    /// Where the sound begins.
    static func read(_ octets: Octets, _ recording: inout Recording) -> Int {
        guard octets.starts(with: "ID3"), let version = octets.byte(3), let flags = octets.byte(5), let size = syncSafe(octets, 6) else { return 0 }
        let end = 10 + size + (flags & 0x10 != 0 ? 10 : 0)
        guard let body = octets.part(10, size) else { return end }
        if flags & 0x80 != 0, version < 4 {
            // Unsynchronisation: a zero was put behind each FF (ID3v2.3, 5).
            var bytes: [UInt8] = []
            bytes.reserveCapacity(body.count)
            for index in 0..<body.count where !(body.bytes[index] == 0 && index > 0 && body.bytes[index - 1] == 0xFF) { bytes.append(body.bytes[index]) }
            bytes.withUnsafeBytes { frames(Octets($0), version, flags, &recording) }
        } else {
            frames(body, version, flags, &recording)
        }
        return end
    }

    private static func syncSafe(_ octets: Octets, _ at: Int) -> Int? {
        guard let a = octets.byte(at), let b = octets.byte(at + 1), let c = octets.byte(at + 2), let d = octets.byte(at + 3), (a | b | c | d) < 0x80 else { return nil }
        return Int(a) << 21 | Int(b) << 14 | Int(c) << 7 | Int(d)
    }

    private static func frames(_ body: Octets, _ version: UInt8, _ flags: UInt8, _ recording: inout Recording) {
        var at = 0
        if version >= 3, flags & 0x40 != 0, let size = version == 3 ? body.u32(0) : syncSafe(body, 0) { at = version == 3 ? size + 4 : size }
        for _ in 0..<4_000 {
            let header = version == 2 ? 6 : 10
            guard let first = body.byte(at), first != 0, at + header <= body.count else { return }
            let name = body.part(at, version == 2 ? 3 : 4)?.latin ?? ""
            let size: Int?
            switch version {
            case 2: size = body.u32(at + 2).map { $0 & 0xFF_FFFF }
            case 3: size = body.u32(at + 4)
            // Some programs write plain sizes into version 2.4.
            default: size = syncSafe(body, at + 4) ?? body.u32(at + 4)
            }
            guard let size, size >= 0, size < 1 << 28, let content = body.part(at + header, size) else { return }
            frame(name, content, &recording)
            at += header + size
        }
    }

    private static func frame(_ name: String, _ content: Octets, _ recording: inout Recording) {
        guard let encoding = content.byte(0), let rest = content.part(1) else { return }
        if name == "COMM" || name == "COM" || name == "USLT" || name == "ULT" {
            // Language, a description up to its end, the text.
            guard let body = rest.part(3), let start = endOfText(body, encoding), let value = body.part(start) else { return }
            let text = text(value, encoding)
            if name.hasPrefix("U") { recording.tag("LYRICS", text) } else if !body.starts(with: "iTun") { recording.facts.add(.comment, text) }
            return
        }
        guard name.hasPrefix("T"), name != "TXXX", name != "TXX" else { return }
        let value = text(rest, encoding)
        switch name {
        case "TIT2", "TT2": recording.tag("TITLE", value)
        case "TPE1", "TP1": recording.tag("ARTIST", value)
        case "TALB", "TAL": recording.tag("ALBUM", value)
        case "TRCK", "TRK": recording.tag("TRACK", value)
        case "TCON", "TCO": recording.tag("GENRE", genre(value))
        case "TDRC", "TYER", "TYE", "TDRL": recording.tag("DATE", value)
        case "TCOM", "TCM": recording.tag("COMPOSER", value)
        case "TCOP", "TCR": recording.tag("COPYRIGHT", value)
        case "TLEN", "TLE": if let length = Double(value), recording.seconds == 0 { recording.seconds = length / 1_000 }
        case "TDES": recording.tag("DESCRIPTION", value)
        default: break
        }
    }

    /// Behind the zero that ends a text.
    private static func endOfText(_ body: Octets, _ encoding: UInt8) -> Int? {
        guard encoding == 1 || encoding == 2 else { return body.bytes.firstIndex(of: 0).map { $0 + 1 } }
        var at = 0
        while let unit = body.u16(at) {
            at += 2
            if unit == 0 { return at }
        }
        return nil
    }

    private static func text(_ octets: Octets, _ encoding: UInt8) -> String {
        switch encoding {
        case 1: return octets.utf16(big: octets.u16(0) == 0xFEFF)
        case 2: return octets.utf16(big: true)
        case 3: return octets.text
        // Whatever calls itself Latin is often UTF-8.
        default: return octets.text
        }
    }

    /// `(17)`, `17` and `(17)Rock`.
    private static func genre(_ text: String) -> String {
        let bare = text.hasPrefix("(") ? text.dropFirst().prefix { $0 != ")" } : text[...]
        if text.hasPrefix("("), let close = text.firstIndex(of: ")"), text.index(after: close) < text.endIndex { return String(text[text.index(after: close)...]) }
        guard let number = Int(bare), genres.indices.contains(number) else { return text }
        return genres[number]
    }

    static func genre(number: UInt8) -> String { genres.indices.contains(Int(number)) ? genres[Int(number)] : "" }

    /// The last 128 bytes.
    static func readOld(_ octets: Octets, _ recording: inout Recording) {
        guard let tag = octets.part(octets.count - 128), tag.starts(with: "TAG") else { return }
        func field(_ at: Int, _ count: Int) -> String { tag.part(at, count)?.text ?? "" }
        recording.tag("TITLE", field(3, 30))
        recording.tag("ARTIST", field(33, 30))
        recording.tag("ALBUM", field(63, 30))
        recording.tag("DATE", field(93, 4))
        recording.tag("COMMENT", field(97, 28))
        if tag.byte(125) == 0, let track = tag.byte(126), track > 0 { recording.tag("TRACK", "\(track)") }
        recording.tag("GENRE", genre(number: tag.byte(127) ?? 255))
    }

    private static let genres = """
        Blues|Classic Rock|Country|Dance|Disco|Funk|Grunge|Hip-Hop|Jazz|Metal|New Age|Oldies|Other|Pop|R&B|Rap|Reggae|Rock|Techno|Industrial|Alternative|\
        Ska|Death Metal|Pranks|Soundtrack|Euro-Techno|Ambient|Trip-Hop|Vocal|Jazz+Funk|Fusion|Trance|Classical|Instrumental|Acid|House|Game|Sound Clip|\
        Gospel|Noise|AlternRock|Bass|Soul|Punk|Space|Meditative|Instrumental Pop|Instrumental Rock|Ethnic|Gothic|Darkwave|Techno-Industrial|Electronic|\
        Pop-Folk|Eurodance|Dream|Southern Rock|Comedy|Cult|Gangsta|Top 40|Christian Rap|Pop/Funk|Jungle|Native American|Cabaret|New Wave|Psychadelic|Rave|\
        Showtunes|Trailer|Lo-Fi|Tribal|Acid Punk|Acid Jazz|Polka|Retro|Musical|Rock & Roll|Hard Rock
        """.split(separator: "|").map(String.init)
}
