// SPDX-License-Identifier: Apache-2.0

/// WebP's chunks (RFC 9649).
enum WebPScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        var at = 12
        var frames = 0
        for _ in 0..<200_000 {
            guard at < octets.count else { break }
            guard let length = octets.u32(at + 4, big: false), let body = octets.part(at + 8, length) else { break }
            if body.count < length { picture.isTruncated = true }
            switch octets.code(at) {
            case "VP8X":
                picture.width = 1 + three(body, 4)
                picture.height = 1 + three(body, 7)
            case "VP8 " where picture.width == 0:
                picture.width = (body.u16(6, big: false) ?? 0) & 0x3FFF
                picture.height = (body.u16(8, big: false) ?? 0) & 0x3FFF
            case "VP8L" where picture.width == 0:
                let bits = body.u32(1, big: false) ?? 0
                picture.width = 1 + bits & 0x3FFF
                picture.height = 1 + (bits >> 14) & 0x3FFF
            case "ANMF": frames += 1
            case "EXIF": if let exif = body.starts(with: "Exif\0\0") ? body.part(6) : body { EXIF.read(exif, &picture) }
            case "XMP ": XMP.read(body, &picture.facts)
            default: break
            }
            at += 8 + length + length & 1
        }
        picture.depth = 8
        picture.frames = max(1, frames)
    }

    private static func three(_ body: Octets, _ at: Int) -> Int {
        (body.u16(at, big: false) ?? 0) | Int(body.byte(at + 2) ?? 0) << 16
    }
}
