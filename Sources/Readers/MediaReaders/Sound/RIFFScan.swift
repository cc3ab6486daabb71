// SPDX-License-Identifier: Apache-2.0

/// RIFF chunks: WAV and AVI.
enum RIFFScan {
    static func read(_ octets: Octets, _ recording: inout Recording) {
        var bytesPerSecond = 0
        var data = 0
        chunks(octets, from: 12, depth: 0, &recording) { name, body, size, recording in
            switch name {
            case "fmt ":
                recording.add(codec: codec(body.u16(0, big: false) ?? 0))
                recording.channels = body.u16(2, big: false) ?? 0
                recording.sampleRate = body.u32(4, big: false) ?? 0
                bytesPerSecond = body.u32(8, big: false) ?? 0
                recording.bitRate = bytesPerSecond * 8
            case "data":
                if body.count < size { recording.isTruncated = true }
                data += min(size, body.count)
            case "avih":
                let frame = body.u32(0, big: false) ?? 0
                recording.seconds = Double(frame) * Double(body.u32(16, big: false) ?? 0) / 1e6
                recording.width = body.u32(32, big: false) ?? 0
                recording.height = body.u32(36, big: false) ?? 0
            case "strh":
                if body.starts(with: "vids") { recording.add(codec: Octets.clean(body.code(4))) }
            case "id3 ", "ID3 ": _ = ID3.read(body, &recording)
            default: if let tag = names[name] { recording.tag(tag, body.text) }
            }
        }
        if bytesPerSecond > 0, data > 0 { recording.seconds = Double(data) / Double(bytesPerSecond) }
    }

    private static func chunks(
        _ octets: Octets, from start: Int, depth: Int, _ recording: inout Recording, _ take: (String, Octets, Int, inout Recording) -> Void
    ) {
        var at = start
        for _ in 0..<10_000 {
            guard let size = octets.u32(at + 4, big: false), let body = octets.part(at + 8, size) else { return }
            let name = octets.code(at)
            if name == "LIST", depth < 4, !body.starts(with: "movi") { chunks(body, from: 4, depth: depth + 1, &recording, take) } else { take(name, body, size, &recording) }
            at += 8 + size + size & 1
        }
    }

    private static func codec(_ tag: Int) -> String {
        switch tag {
        case 1, 0xFFFE: "PCM"
        case 2: "ADPCM"
        case 3: "PCM float"
        case 6: "A-law"
        case 7: "µ-law"
        case 0x11: "IMA ADPCM"
        case 0x31: "GSM 6.10"
        case 0x55: "MP3"
        default: ""
        }
    }

    private static let names = [
        "INAM": "TITLE", "IART": "ARTIST", "IPRD": "ALBUM", "ICMT": "COMMENT", "ICRD": "DATE", "IGNR": "GENRE", "ICOP": "COPYRIGHT", "ITRK": "TRACK",
        "IPRT": "TRACK", "IKEY": "KEYWORDS", "ISBJ": "DESCRIPTION", "IMUS": "COMPOSER",
    ]
}
