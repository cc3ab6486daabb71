// SPDX-License-Identifier: Apache-2.0
import CDeflate

/// A picture's samples (grey, or blue, green, red and what may follow) as a PNG file (ISO/IEC 15948).
///
/// One of few colours gets a palette: the same picture in a smaller file, which also takes less time to pack.
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
        if samples == 1 { return file(colorType: 0, greyRows()) }
        guard let indexed = indexed() else { return file(colorType: 2, colorRows()) }
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

    /// Rows of each pixel's place in a palette; nil when the picture has more colours than one holds.
    private func indexed() -> (rows: [UInt8], palette: Palette)? {
        var palette = Palette()
        let length = 1 + width
        let rows = [UInt8](unsafeUninitializedCapacity: length * height) { out, count in
            var color = UInt32.max, place: UInt8 = 0
            for y in 0..<height {
                let row = row(y)
                var at = y * length + 1, pixel = 0
                out[at - 1] = 0
                while pixel < row.count {
                    let next = UInt32(row[pixel + 2]) << 16 | UInt32(row[pixel + 1]) << 8 | UInt32(row[pixel])
                    if next != color {
                        guard let known = palette.place(of: next) else { return }
                        (color, place) = (next, known)
                    }
                    out[at] = place
                    at += 1
                    pixel += samples
                    // Most pixels are like the one before: four are told at once.
                    while pixel + 16 <= row.count, repeats(row, pixel) {
                        for next in at..<at + 4 { out[next] = place }
                        at += 4
                        pixel += 4 * samples
                    }
                }
            }
            count = length * height
        }
        return rows.isEmpty ? nil : (rows, palette)
    }

    /// Whether 16 bytes are those that stand one pixel before them.
    private func repeats(_ row: UnsafeRawBufferPointer, _ at: Int) -> Bool {
        func word(_ place: Int) -> UInt64 { row.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
        return word(at) == word(at - samples) && word(at + 8) == word(at + 8 - samples)
    }

    /// Several pixels a byte where they need less than one, the first in the highest bits.
    private func packed(_ places: [UInt8], _ depth: Int) -> [UInt8] {
        let length = 1 + (width * depth + 7) / 8, each = 8 / depth
        return [UInt8](unsafeUninitializedCapacity: length * height) { out, count in
            places.withUnsafeBytes { places in
                for y in 0..<height {
                    var at = y * length + 1, from = y * (1 + width) + 1
                    let end = from + width
                    out[at - 1] = 0
                    while from + each <= end {
                        out[at] = Self.packed(places, from, depth)
                        at += 1
                        from += each
                    }
                    guard from < end else { continue }
                    out[at] = (from..<end).reduce(0) { $0 | places[$1] &<< UInt8(truncatingIfNeeded: 8 - depth * ($1 - from + 1)) }
                }
            }
            count = length * height
        }
    }

    /// A byte full of pixels. Each factor puts every one of them into the highest byte once, and no two bits into one place, so that none
    /// carries over.
    private static func packed(_ places: UnsafeRawBufferPointer, _ at: Int, _ depth: Int) -> UInt8 {
        switch depth {
        case 1: UInt8(truncatingIfNeeded: (UInt64(littleEndian: places.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x8040_2010_0804_0201) >> 56)
        case 2: UInt8(truncatingIfNeeded: (UInt32(littleEndian: places.loadUnaligned(fromByteOffset: at, as: UInt32.self)) &* 0x4010_0401) >> 24)
        default: places[at] &<< 4 | places[at + 1]
        }
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

    private static let slotBits: UInt32 = 10
    private static let most = 256

    /// Numbers a colour, 0xRRGGBB; nil when there is no room for another one.
    mutating func place(of color: UInt32) -> UInt8? {
        var slot = Int((color &* 0x9E37_79B1) >> (32 - Self.slotBits))
        while slots[slot] >= 0 {
            if colors[Int(slots[slot])] == color { return UInt8(clamping: slots[slot]) }
            slot = (slot + 1) % slots.count
        }
        guard colors.count < Self.most else { return nil }
        slots[slot] = Int16(colors.count)
        colors.append(color)
        return UInt8(clamping: colors.count - 1)
    }

    /// Bits that a place needs: 1, 2, 4 or 8.
    var depth: Int { colors.count <= 2 ? 1 : colors.count <= 4 ? 2 : colors.count <= 16 ? 4 : 8 }

    /// Red, green and blue of each.
    var bytes: [UInt8] { colors.flatMap { [UInt8($0 >> 16 & 255), UInt8($0 >> 8 & 255), UInt8($0 & 255)] } }
}
