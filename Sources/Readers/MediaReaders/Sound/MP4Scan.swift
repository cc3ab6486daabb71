// SPDX-License-Identifier: Apache-2.0

/// MPEG-4 and QuickTime files: the movie's header, its tracks, and tags of iTunes and QuickTime.
enum MP4Scan {
    static func read(_ octets: Octets, _ recording: inout Recording) {
        var movie: Octets?
        for box in Boxes(octets) {
            if box.isCut { recording.isTruncated = true }
            if box.type == "moov" { movie = box.body }
        }
        guard let movie else {
            recording.isTruncated = true
            return
        }
        for box in Boxes(movie) {
            switch box.type {
            case "mvhd": recording.seconds = duration(box.body) ?? 0
            case "trak": track(box.body, &recording)
            case "udta": user(box.body, &recording)
            case "meta": meta(box.body, &recording)
            default: break
            }
        }
    }

    /// Version 1 has 64-bit times (ISO 14496-12, 8.2.2).
    private static func duration(_ body: Octets) -> Double? {
        let isLong = body.byte(0) == 1
        guard let scale = body.u32(isLong ? 20 : 12), let length = isLong ? body.u64(24) : body.u32(16), scale > 0, length != 0xFFFF_FFFF else { return nil }
        return Double(length) / Double(scale)
    }

    private static func track(_ body: Octets, _ recording: inout Recording) {
        guard let media = Boxes.first("mdia", in: body) else { return }
        let kind = Boxes.first("hdlr", in: media)?.code(8) ?? ""
        if kind == "vide", let header = Boxes.first("tkhd", in: body) {
            // Fixed point, at the end of the box.
            recording.width = max(recording.width, (header.u32(header.count - 8) ?? 0) >> 16)
            recording.height = max(recording.height, (header.u32(header.count - 4) ?? 0) >> 16)
        }
        guard kind == "vide" || kind == "soun", let entry = Boxes.find(["minf", "stbl", "stsd"], in: media) else { return }
        recording.add(codec: Octets.clean(entry.code(12)))
        if kind == "soun" {
            recording.channels = max(recording.channels, entry.u16(32) ?? 0)
            recording.sampleRate = max(recording.sampleRate, entry.u16(40) ?? 0)
        }
    }

    private static func user(_ body: Octets, _ recording: inout Recording) {
        for box in Boxes(body) {
            if box.type == "meta" { meta(box.body, &recording) }
            // QuickTime's own: a length, a language, the text.
            if box.type.hasPrefix("©"), let length = box.body.u16(0), let text = box.body.part(4, length), let name = names[box.type] { recording.tag(name, text.text) }
        }
    }

    private static func meta(_ body: Octets, _ recording: inout Recording) {
        // A full box in MPEG-4, a plain one in QuickTime.
        guard let inside = body.code(4) == "hdlr" ? body : body.part(4), let list = Boxes.first("ilst", in: inside) else { return }
        var keys: [String] = []
        if let table = Boxes.first("keys", in: inside), let entries = table.part(8) {
            for key in Boxes(entries) where keys.count < 1_000 { keys.append(key.body.text) }
        }
        for item in Boxes(list) {
            guard let data = Boxes.first("data", in: item.body), let value = data.part(8) else { continue }
            switch item.type {
            case "trkn": if let number = value.u16(2), number > 0 { recording.tag("TRACK", "\(number)" + (value.u16(4).map { $0 > 0 ? "/\($0)" : "" } ?? "")) }
            case "gnre": if let number = value.byte(1), number > 0 { recording.tag("GENRE", ID3.genre(number: number - 1)) }
            default:
                // By number into the keys, or by a name of its own.
                let number = item.type.unicodeScalars.reduce(0) { $0 << 8 | Int($1.value & 255) } - 1
                if keys.indices.contains(number) {
                    recording.tag(keys[number].split(separator: ".").last.map { $0.uppercased() } ?? "", value.text)
                } else if let name = names[item.type] {
                    recording.tag(name, value.text)
                }
            }
        }
    }

    private static let names = [
        "©nam": "TITLE", "©ART": "ARTIST", "©alb": "ALBUM", "©day": "DATE", "©gen": "GENRE", "©wrt": "COMPOSER", "©cmt": "COMMENT", "©lyr": "LYRICS",
        "desc": "DESCRIPTION", "ldes": "DESCRIPTION", "©des": "DESCRIPTION", "cprt": "COPYRIGHT", "©cpy": "COPYRIGHT", "aART": "ARTIST", "©aut": "AUTHOR", "keyw": "KEYWORDS",
    ]
}
