// SPDX-License-Identifier: Apache-2.0

/// Photoshop's header and resources (Adobe, "Photoshop File Formats"); layers are not looked into.
enum PSDScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        picture.height = octets.u32(14) ?? 0
        picture.width = octets.u32(18) ?? 0
        picture.depth = octets.u16(22) ?? 0
        guard let colours = octets.u32(26), let length = octets.u32(30 + colours), let resources = octets.part(34 + colours, length) else {
            picture.isTruncated = true
            return
        }
        if resources.count < length { picture.isTruncated = true }
        var packet: Octets?
        PhotoshopResources.each(resources) { number, part in
            switch number {
            case 0x0404: IPTC.read(part, &picture.facts)
            case 0x0422: EXIF.read(part, &picture)
            case 0x0424: packet = part
            default: break
            }
        }
        if let packet { XMP.read(packet, &picture.facts) }
    }
}

/// Photoshop's resources, which TIFF and JPEG pictures carry too: `8BIM`, a number, a name, a length.
enum PhotoshopResources {
    static func each(_ octets: Octets, _ take: (_ number: Int, Octets) -> Void) {
        var at = 0
        for _ in 0..<1_000 {
            guard octets.starts(with: "8BIM", at: at), let number = octets.u16(at + 4), let name = octets.byte(at + 6) else { return }
            let start = at + 6 + (Int(name) + 2) / 2 * 2
            guard let count = octets.u32(start) else { return }
            if let part = octets.part(start + 4, count) { take(number, part) }
            at = start + 4 + (count + 1) / 2 * 2
        }
    }
}
