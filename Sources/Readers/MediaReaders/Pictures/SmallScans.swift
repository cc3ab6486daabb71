// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// GIF's blocks (GIF89a): size, frames, comments, XMP.
enum GIFScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        picture.width = octets.u16(6, big: false) ?? 0
        picture.height = octets.u16(8, big: false) ?? 0
        var at = 13 + colours(octets.byte(10) ?? 0)
        var frames = 0
        for _ in 0..<200_000 {
            switch octets.byte(at) {
            case 0x2C:
                frames += 1
                at = blocks(octets, at + 11 + colours(octets.byte(at + 9) ?? 0))
            case 0x21:
                if octets.byte(at + 1) == 0xFE, let count = octets.byte(at + 2), let text = octets.part(at + 3, Int(count)) {
                    picture.facts.add(.comment, text.text)
                }
                if octets.byte(at + 1) == 0xFF, octets.starts(with: "XMP DataXMP", at: at + 3), let packet = octets.part(at + 14) { XMP.read(packet, &picture.facts) }
                at = blocks(octets, at + 2)
            case 0x3B:
                picture.frames = max(1, frames)
                return
            default:
                picture.isTruncated = true
                picture.frames = max(1, frames)
                return
            }
        }
    }

    private static func colours(_ flags: UInt8) -> Int { flags & 0x80 != 0 ? 3 << (Int(flags & 7) + 1) : 0 }

    /// Behind a chain of sub-blocks.
    private static func blocks(_ octets: Octets, _ start: Int) -> Int {
        var at = start
        while let count = octets.byte(at), count > 0 { at += Int(count) + 1 }
        return at + 1
    }
}

/// TIFF 6.0: the first page's directory, and how many there are.
enum TIFFScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        guard let (isBig, first) = EXIF.header(octets), let main = TIFFDirectory(octets, at: first, big: isBig) else { return }
        picture.width = main.number(0x0100) ?? 0
        picture.height = main.number(0x0101) ?? 0
        picture.depth = main.number(0x0102) ?? 1
        EXIF.read(main, &picture)
        if let packet = main.octets(700) { XMP.read(packet, &picture.facts) }
        if let records = main.octets(33_723) { IPTC.read(records, &picture.facts) }
        if let resources = main.octets(34_377) { IPTC.resources(resources, &picture.facts) }
        var next = main.next
        var seen: Set<Int> = [first]
        while next != 0, seen.count < 10_000, seen.insert(next).inserted, let page = TIFFDirectory(octets, at: next, big: isBig) {
            // A smaller copy of a page is no page (tag 254, bit 0).
            if (page.number(254) ?? 0) & 1 == 0 { picture.pages += 1 }
            next = page.next
        }
    }
}

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

/// Windows bitmaps: the header alone.
enum BMPScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        if octets.u32(14, big: false) == 12 {
            picture.width = octets.u16(18, big: false) ?? 0
            picture.height = octets.u16(20, big: false) ?? 0
        } else {
            picture.width = octets.u32(18, big: false) ?? 0
            // A negative height runs from top to bottom.
            let height = Int(Int32(truncatingIfNeeded: octets.u32(22, big: false) ?? 0))
            picture.height = abs(height)
            picture.depth = min(8, octets.u16(28, big: false) ?? 0)
        }
    }
}
