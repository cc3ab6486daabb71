// SPDX-License-Identifier: Apache-2.0
import CDeflate
import Glibc

/// A picture's samples (grey, or blue, green, red and what may follow) as a PNG file (ISO/IEC 15948).
///
/// One of few colours or greys gets a palette: the same picture in a smaller file, which also takes less time to pack.
struct PNGFile {
    private let source: UnsafeRawBufferPointer
    private let width: Int
    private let height: Int
    private let stride: Int
    private let samples: Int

    /// Rows of at least `width` times `samples` bytes, `stride` bytes from each other.
    init(_ source: UnsafeRawBufferPointer, width: Int, height: Int, stride: Int, samples: Int) {
        (self.source, self.width, self.height, self.stride, self.samples) = (source, width, height, stride, samples)
    }

    func bytes() -> [UInt8]? {
        guard source.count >= stride * height, stride >= width * samples else { return nil }
        guard let indexed = indexed() else { return samples == 1 ? file(colorType: 0, greyRows()) : file(colorType: 2, colorRows()) }
        let depth = indexed.palette.depth
        return file(depth: depth, colorType: 3, depth == 8 ? indexed.rows : packed(indexed.rows, depth), palette: indexed.palette.bytes)
    }

    // MARK: Rows, each behind its filter: "none"

    private func row(_ y: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: source[y * stride..<y * stride + width * samples]) }

    private func greyRows() -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity((width + 1) * height)
        for y in 0..<height {
            rows.append(0)
            rows.append(contentsOf: row(y))
        }
        return rows
    }

    private func colorRows() -> [UInt8] {
        let length = 1 + 3 * width
        return [UInt8](unsafeUninitializedCapacity: length * height) { out, count in
            for y in 0..<height {
                let row = row(y)
                var at = y * length + 1, pixel = 0
                out[at - 1] = 0
                while pixel < row.count {
                    (out[at], out[at + 1], out[at + 2]) = (row[pixel + 2], row[pixel + 1], row[pixel])
                    at += 3
                    pixel += samples
                }
            }
            count = length * height
        }
    }

    /// Rows of each pixel's place in a palette; nil when the picture has more colours than one holds, or is grey and needs a byte for each
    /// pixel anyway.
    private func indexed() -> (rows: [UInt8], palette: Palette)? {
        var palette = Palette(most: samples == 1 ? 16 : 256)
        let length = 1 + width
        let rows = [UInt8](unsafeUninitializedCapacity: length * height) { out, count in
            guard let base = out.baseAddress, let start = source.baseAddress else { return }
            var last = (color: UInt32.max, place: UInt8(0))
            for y in 0..<height {
                let row = row(y), places = base + y * length
                // Many rows are like the one above.
                if y > 0, memcmp(start + y * stride, start + (y - 1) * stride, row.count) == 0 {
                    memcpy(places, places - length, length)
                    continue
                }
                places[0] = 0
                var at = 1, pixel = 0
                while pixel < row.count {
                    let next = color(row, pixel)
                    if next != last.color {
                        guard let known = palette.place(of: next) else { return }
                        last = (next, known)
                    }
                    places[at] = last.place
                    at += 1
                    pixel += samples
                    let run = repeats(row, pixel)
                    guard run > 0 else { continue }
                    memset(places + at, Int32(last.place), run)
                    at += run
                    pixel += run * samples
                }
            }
            count = length * height
        }
        return rows.isEmpty ? nil : (rows, palette)
    }

    /// 0xRRGGBB.
    private func color(_ row: UnsafeRawBufferPointer, _ pixel: Int) -> UInt32 {
        samples == 1 ? UInt32(row[pixel]) &* 0x01_0101 : UInt32(row[pixel + 2]) << 16 | UInt32(row[pixel + 1]) << 8 | UInt32(row[pixel])
    }

    /// How many pixels from here on are surely like the one before: told by eight bytes at once.
    private func repeats(_ row: UnsafeRawBufferPointer, _ pixel: Int) -> Int {
        func word(_ place: Int) -> UInt64 { row.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
        var at = pixel
        while at + 8 <= row.count, word(at) == word(at - samples) { at += 8 }
        return (at - pixel) / samples
    }

    /// Several pixels a byte where they need less than one, the first in the highest bits.
    private func packed(_ places: [UInt8], _ depth: Int) -> [UInt8] {
        let length = 1 + (width * depth + 7) / 8
        return [UInt8](unsafeUninitializedCapacity: length * height) { out, count in
            let target = UnsafeMutableRawBufferPointer(out)
            places.withUnsafeBytes { places in
                for y in 0..<height {
                    var at = y * length + 1, from = y * (1 + width) + 1
                    let end = from + width
                    out[at - 1] = 0
                    // What is written too much is written over by what follows.
                    while from + 8 <= end, at + 4 <= length * height {
                        let eight = Self.packed(UInt64(littleEndian: places.loadUnaligned(fromByteOffset: from, as: UInt64.self)), depth)
                        target.storeBytes(of: eight.littleEndian, toByteOffset: at, as: UInt32.self)
                        at += depth
                        from += 8
                    }
                    while from < end {
                        let some = from..<min(from + 8 / depth, end)
                        out[at] = some.reduce(0) { $0 | places[$1] &<< UInt8(truncatingIfNeeded: 8 - depth * ($1 - from + 1)) }
                        at += 1
                        from = some.upperBound
                    }
                }
            }
            count = length * height
        }
    }

    /// Eight pixels, a byte each and the first one lowest, in as many bytes as one of them has bits: neighbours are put together until
    /// their bytes are full.
    private static func packed(_ eight: UInt64, _ depth: Int) -> UInt32 {
        let pairs = (eight &<< UInt64(depth) | eight >> 8) & 0x00FF_00FF_00FF_00FF
        guard depth < 4 else { return Self.closed(pairs) }
        let fours = (pairs &<< UInt64(2 * depth) | pairs >> 16) & 0x0000_00FF_0000_00FF
        guard depth < 2 else { return UInt32(truncatingIfNeeded: (fours | fours >> 24) & 0xFFFF) }
        return UInt32(truncatingIfNeeded: (fours << 4 | fours >> 32) & 0xFF)
    }

    /// Every other byte, from the lowest one on.
    private static func closed(_ pairs: UInt64) -> UInt32 {
        let fours = (pairs | pairs >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: fours | fours >> 16)
    }

    // MARK: Chunks

    private func file(depth: Int = 8, colorType: UInt8, _ rows: [UInt8], palette: [UInt8] = []) -> [UInt8]? {
        guard let packed = Self.packed(rows) else { return nil }
        var out: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        out.reserveCapacity(packed.count + palette.count + 80)
        var header: [UInt8] = []
        Self.put(UInt32(clamping: width), &header)
        Self.put(UInt32(clamping: height), &header)
        header += [UInt8(clamping: depth), colorType, 0, 0, 0]
        Self.chunk("IHDR", header, &out)
        if !palette.isEmpty { Self.chunk("PLTE", palette, &out) }
        Self.chunk("IDAT", packed, &out)
        Self.chunk("IEND", [], &out)
        return out
    }

    /// zlib data (RFC 1950), packed quickly.
    private static func packed(_ bytes: [UInt8]) -> [UInt8]? {
        guard let machine = libdeflate_alloc_compressor(1) else { return nil }
        defer { libdeflate_free_compressor(machine) }
        let room = libdeflate_zlib_compress_bound(machine, bytes.count)
        let packed = [UInt8](unsafeUninitializedCapacity: room) { out, count in
            count = bytes.withUnsafeBytes { libdeflate_zlib_compress(machine, $0.baseAddress, $0.count, out.baseAddress, room) }
        }
        return packed.isEmpty ? nil : packed
    }

    private static func put(_ value: UInt32, _ out: inout [UInt8]) { withUnsafeBytes(of: value.bigEndian) { out.append(contentsOf: $0) } }

    private static func chunk(_ name: StaticString, _ content: [UInt8], _ out: inout [UInt8]) {
        put(UInt32(clamping: content.count), &out)
        let start = out.count
        name.withUTF8Buffer { out.append(contentsOf: $0) }
        out += content
        put(out[start...].withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }, &out)
    }
}

/// The colours of a picture that has no more of them than a byte can number.
private struct Palette {
    private var colors: [UInt32] = []
    /// By a hash of the colour: its place in `colors`, or -1.
    private var slots = [Int16](repeating: -1, count: 1 << slotBits)

    private let most: Int

    private static let slotBits: UInt32 = 10

    /// One of at most 256 colours.
    init(most: Int) { self.most = most }

    /// Numbers a colour, 0xRRGGBB; nil when there is no room for another one.
    mutating func place(of color: UInt32) -> UInt8? {
        var slot = Int((color &* 0x9E37_79B1) >> (32 - Self.slotBits))
        while slots[slot] >= 0 {
            if colors[Int(slots[slot])] == color { return UInt8(clamping: slots[slot]) }
            slot = (slot + 1) % slots.count
        }
        guard colors.count < most else { return nil }
        slots[slot] = Int16(colors.count)
        colors.append(color)
        return UInt8(clamping: colors.count - 1)
    }

    /// Bits that a place needs: 1, 2, 4 or 8.
    var depth: Int { colors.count <= 2 ? 1 : colors.count <= 4 ? 2 : colors.count <= 16 ? 4 : 8 }

    /// Red, green and blue of each.
    var bytes: [UInt8] { colors.flatMap { [UInt8($0 >> 16 & 255), UInt8($0 >> 8 & 255), UInt8($0 & 255)] } }
}
