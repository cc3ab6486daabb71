// SPDX-License-Identifier: Apache-2.0

/// Windows Media: the objects of an ASF file's header (Advanced Systems Format specification, 3).
enum ASFScan {
    private static let mostObjects = 1_000
    private static let mostTags = 2_000

    static func read(_ octets: Octets, _ recording: inout Recording) {
        // The header's own length does not matter: its objects say where they end.
        var at = 30
        for _ in 0..<min(octets.u32(24, big: false) ?? 0, mostObjects) {
            guard let size = octets.u64(at + 16, big: false), size >= 24, let body = octets.part(at + 24, size - 24) else { return }
            if body.count < size - 24 { recording.isTruncated = true }
            switch octets.u32(at) {
            case 0xA1DC_AB8C: properties(body, &recording)
            case 0x9107_DCB7: stream(body, &recording)
            case 0x3326_B275: description(body, &recording)
            case 0x40A4_D0D2: tags(body, &recording)
            default: break
            }
            guard size <= octets.count - at else { return }
            at += size
        }
    }

    /// Duration in units of 100 ns, which includes the milliseconds that are buffered first.
    private static func properties(_ body: Octets, _ recording: inout Recording) {
        let buffered = Double(body.u64(56, big: false) ?? 0) / 1_000
        recording.seconds = max(0, Double(body.u64(40, big: false) ?? 0) / 1e7 - buffered)
        recording.bitRate = body.u32(76, big: false) ?? 0
    }

    private static func stream(_ body: Octets, _ recording: inout Recording) {
        switch body.u32(0) {
        case 0x409E_69F8:
            recording.add(codec: codecs[body.u16(54, big: false) ?? 0] ?? "")
            recording.channels = body.u16(56, big: false) ?? 0
            recording.sampleRate = body.u32(58, big: false) ?? 0
        case 0xC0EF_19BC:
            recording.width = body.u32(54, big: false) ?? 0
            recording.height = body.u32(58, big: false) ?? 0
            recording.add(codec: Octets.clean(body.code(81)))
        default: break
        }
    }

    private static let codecs = [0x160: "WMA 1", 0x161: "WMA", 0x162: "WMA Pro", 0x163: "WMA Lossless", 0x0A: "WMA Voice", 1: "PCM", 0x55: "MP3"]

    /// Title, author, copyright, description and rating: five lengths, then the texts.
    private static func description(_ body: Octets, _ recording: inout Recording) {
        var at = 10
        for (place, name) in ["TITLE", "AUTHOR", "COPYRIGHT", "DESCRIPTION"].enumerated() {
            guard let length = body.u16(place * 2, big: false), let text = body.part(at, length) else { return }
            recording.tag(name, text.utf16(big: false))
            at += length
        }
    }

    private static func tags(_ body: Octets, _ recording: inout Recording) {
        var at = 2
        for _ in 0..<min(body.u16(0, big: false) ?? 0, mostTags) {
            guard let nameLength = body.u16(at, big: false), let name = body.part(at + 2, nameLength), let kind = body.u16(at + 2 + nameLength, big: false),
                let length = body.u16(at + 4 + nameLength, big: false), let value = body.part(at + 6 + nameLength, length)
            else { return }
            at += 6 + nameLength + length
            guard let tag = names[name.utf16(big: false)] else { continue }
            // 0 is text, 3 and 5 are numbers.
            let number = kind == 3 ? value.u32(0, big: false) : kind == 5 ? value.u16(0, big: false) : nil
            recording.tag(tag, number.map(String.init) ?? (kind == 0 ? value.utf16(big: false) : ""))
        }
    }

    private static let names = [
        "WM/AlbumTitle": "ALBUM", "WM/Genre": "GENRE", "WM/TrackNumber": "TRACK", "WM/Year": "YEAR", "WM/Composer": "COMPOSER", "WM/Lyrics": "LYRICS",
        "WM/AlbumArtist": "ARTIST", "WM/SubTitleDescription": "DESCRIPTION",
    ]
}
