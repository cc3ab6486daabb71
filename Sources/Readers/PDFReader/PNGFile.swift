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
        return file(depth: depth, colorType: 3, packed(indexed.places, depth), palette: indexed.palette.bytes)
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
        var rows: [UInt8] = []
        rows.reserveCapacity((3 * width + 1) * height)
        for y in 0..<height {
            rows.append(0)
            let row = row(y)
            for pixel in Swift.stride(from: 0, to: row.count, by: samples) {
                rows.append(row[pixel + 2])
                rows.append(row[pixel + 1])
                rows.append(row[pixel])
            }
        }
        return rows
    }

    /// Each pixel's place in a palette; nil when the picture has more colours than one holds.
    private func indexed() -> (places: [UInt8], palette: Palette)? {
        var palette = Palette()
        let places = [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
            var color = UInt32.max, place: UInt8 = 0
            for y in 0..<height {
                let row = row(y)
                var pixel = 0
                for _ in 0..<width {
                    let next = UInt32(row[pixel + 2]) << 16 | UInt32(row[pixel + 1]) << 8 | UInt32(row[pixel])
                    if next != color {
                        guard let known = palette.place(of: next) else { return }
                        (color, place) = (next, known)
                    }
                    out[count] = place
                    count += 1
                    pixel += samples
                }
            }
        }
        return places.count == width * height ? (places, palette) : nil
    }

    /// Several pixels a byte where they need less than one, the first in the highest bits.
    private func packed(_ places: [UInt8], _ depth: Int) -> [UInt8] {
        let length = 1 + (width * depth + 7) / 8
        var rows = [UInt8](repeating: 0, count: length * height)
        for y in 0..<height {
            var at = y * length + 1, byte: UInt8 = 0, free = 8
            for place in y * width..<(y + 1) * width {
                free -= depth
                byte |= places[place] << UInt8(truncatingIfNeeded: free)
                if free == 0 {
                    rows[at] = byte
                    at += 1
                    (byte, free) = (0, 8)
                }
            }
            if free < 8 { rows[at] = byte }
        }
        return rows
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
