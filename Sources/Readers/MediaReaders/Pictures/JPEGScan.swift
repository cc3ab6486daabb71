// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// JPEG's segments up to the picture's data (ITU T.81, annex B).
enum JPEGScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        var at = 2
        var comment = ""
        var photoshop: [Octets] = []
        var packets: [Octets] = []
        for _ in 0..<10_000 {
            guard octets.byte(at) == 0xFF, let marker = octets.byte(at + 1) else {
                picture.isTruncated = true
                break
            }
            if marker == 0xFF {
                at += 1
                continue
            }
            if marker == 0xD9 || marker == 0xDA { break }
            if marker >= 0xD0 && marker <= 0xD8 || marker == 0x01 {
                at += 2
                continue
            }
            guard let length = octets.u16(at + 2), length >= 2, let body = octets.part(at + 4, length - 2) else {
                picture.isTruncated = true
                break
            }
            switch marker {
            // SOF0 to SOF15 but DHT, JPG and DAC.
            case 0xC0...0xCF where marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
                picture.depth = body.byte(0).map { Int($0) } ?? 0
                picture.height = body.u16(1) ?? 0
                picture.width = body.u16(3) ?? 0
            case 0xE1:
                if body.starts(with: "Exif\0\0"), let exif = body.part(6) { EXIF.read(exif, &picture) }
                if body.starts(with: "http://ns.adobe.com/xap/1.0/\0"), let packet = body.part(29) { packets.append(packet) }
            case 0xED:
                if body.starts(with: "Photoshop 3.0\0"), let part = body.part(14) { photoshop.append(part) }
            case 0xFE: if comment.isEmpty { comment = body.text }
            default: break
            }
            at += 2 + length
        }
        for packet in packets { XMP.read(packet, &picture.facts) }
        for part in photoshop { IPTC.resources(part, &picture.facts) }
        picture.facts.add(.comment, comment)
    }
}
