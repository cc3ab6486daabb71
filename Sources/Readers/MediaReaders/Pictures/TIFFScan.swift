// SPDX-License-Identifier: Apache-2.0

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
