// SPDX-License-Identifier: Apache-2.0

/// HEIC and AVIF (ISO 23008-12): properties and metadata items of the `meta` box.
enum HEIFScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        // `meta` is a full box: four bytes of version and flags come first.
        guard let meta = Boxes.first("meta", in: octets)?.part(4) else { return }
        if let properties = Boxes.find(["iprp", "ipco"], in: meta) {
            var turns = 0
            for property in Boxes(properties) {
                switch property.type {
                case "ispe":
                    // Tiles and thumbnails have sizes too; the picture's own is the largest.
                    guard let width = property.body.u32(4), let height = property.body.u32(8) else { continue }
                    if width >= picture.width, height >= picture.height {
                        picture.width = width
                        picture.height = height
                    }
                case "pixi": picture.depth = property.body.byte(5).map { Int($0) } ?? picture.depth
                case "irot": turns = Int(property.body.byte(0) ?? 0) & 3
                default: break
                }
            }
            items(meta, octets, &picture)
            // The container's own rotation counts, not the camera's.
            picture.orientation = turns & 1 == 1 ? 6 : 1
        } else {
            items(meta, octets, &picture)
        }
    }

    private static func items(_ meta: Octets, _ octets: Octets, _ picture: inout Picture) {
        guard let infos = Boxes.first("iinf", in: meta), let version = infos.byte(0) else { return }
        var kinds: [Int: String] = [:]
        for box in Boxes(infos, from: version == 0 ? 6 : 8) where box.type == "infe" && kinds.count < 1_000 {
            guard let version = box.body.byte(0), version >= 2 else { continue }
            let wide = version == 3
            guard let id = wide ? box.body.u32(4) : box.body.u16(4) else { continue }
            let type = box.body.code(wide ? 10 : 8)
            if type == "Exif" || type == "mime" { kinds[id] = type }
        }
        for (id, place) in locations(meta) {
            guard let kind = kinds[id], let part = octets.part(place.offset, place.count) else { continue }
            if kind == "mime" {
                XMP.read(part, &picture.facts)
            } else if let skip = part.u32(0), let exif = part.part(skip + 4) {
                EXIF.read(exif, &picture)
            }
        }
    }

    /// Items that lie in one piece in the file (ISO 14496-12, 8.11.3).
    private static func locations(_ meta: Octets) -> [(Int, (offset: Int, count: Int))] {
        guard let body = Boxes.first("iloc", in: meta), let version = body.byte(0), let sizes = body.u16(4) else { return [] }
        let (offsetSize, lengthSize, baseSize) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15)
        let indexSize = version > 0 ? sizes & 15 : 0
        var at = version < 2 ? 8 : 10
        guard let count = version < 2 ? body.u16(6) : body.u32(6) else { return [] }
        func number(_ size: Int) -> Int? {
            defer { at += size }
            return size == 0 ? 0 : size == 2 ? body.u16(at) : size == 4 ? body.u32(at) : size == 8 ? body.u64(at) : nil
        }
        var found: [(Int, (offset: Int, count: Int))] = []
        for _ in 0..<min(count, 10_000) {
            guard let id = number(version < 2 ? 2 : 4) else { return found }
            var method = 0
            if version > 0 { method = (number(2) ?? 0) & 15 }
            guard number(2) != nil, let base = number(baseSize), let extents = number(2) else { return found }
            for index in 0..<min(extents, 1_000) {
                guard number(indexSize) != nil, let offset = number(offsetSize), let length = number(lengthSize) else { return found }
                if index == 0, method == 0, offset < 1 << 40, base < 1 << 40 { found.append((id, (base + offset, length))) }
            }
        }
        return found
    }
}
