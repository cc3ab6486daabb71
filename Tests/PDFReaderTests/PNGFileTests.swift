// SPDX-License-Identifier: Apache-2.0
import CZ
import Testing

@testable import PDFReader

@Suite("PNG files")
struct PNGFileTests {
    /// A picture of so many colours, its rows further apart than they are long.
    private struct Bitmap {
        let width: Int, height: Int, colors: Int
        var stride: Int { 4 * width + 12 }

        /// 0xRRGGBB.
        func color(_ x: Int, _ y: Int) -> UInt32 { UInt32((x + 7 * y) % colors) &* 0x9E_37_79 & 0xFF_FFFF }

        var bytes: [UInt8] {
            var bytes = [UInt8](repeating: 0xEE, count: stride * height)
            for y in 0..<height {
                for x in 0..<width {
                    for sample in 0..<3 { bytes[y * stride + 4 * x + sample] = UInt8(color(x, y) >> (8 * UInt32(sample)) & 255) }
                }
            }
            return bytes
        }
    }

    /// What stands in a file, by the standard: (bits a pixel, kind of colours, its pixels as 0xRRGGBB).
    private static func read(_ file: [UInt8]) throws -> (depth: Int, kind: UInt8, pixels: [UInt32]) {
        try #require(file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        func number(_ at: Int) -> Int { file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        var chunks: [String: [UInt8]] = [:]
        var at = 8
        while at < file.count {
            let content = Array(file[at + 8..<at + 8 + number(at)])
            let name = Array(file[at + 4..<at + 8])
            #expect(UInt(number(at + 8 + content.count)) == crc32(0, name + content, UInt32(content.count + 4)))
            chunks[String(decoding: name, as: UTF8.self)] = content
            at += 12 + content.count
        }
        let header = try #require(chunks["IHDR"]), packed = try #require(chunks["IDAT"]), palette = chunks["PLTE"] ?? []
        let width = number(16), height = number(20), depth = Int(header[8]), samples = header[9] == 2 ? 3 : 1
        let length = (width * samples * depth + 7) / 8 + 1
        var rows = [UInt8](repeating: 0, count: length * height)
        var size = UInt(rows.count)
        #expect(uncompress(&rows, &size, packed, UInt(packed.count)) == Z_OK)
        #expect(size == rows.count)
        func color(_ one: ArraySlice<UInt8>) -> UInt32 { one.prefix(3).reduce(0) { $0 << 8 | UInt32($1) } }
        var pixels: [UInt32] = []
        for y in 0..<height {
            let row = rows[y * length..<(y + 1) * length]
            #expect(row.first == 0)
            for x in 0..<width {
                switch header[9] {
                case 0: pixels.append(UInt32(row[row.startIndex + 1 + x]) * 0x01_0101)
                case 2: pixels.append(color(row[(row.startIndex + 1 + 3 * x)...]))
                default:
                    let bit = x * depth, byte = row[row.startIndex + 1 + bit / 8]
                    pixels.append(color(palette[(3 * (Int(byte) >> (8 - depth - bit % 8) & (1 << depth - 1)))...]))
                }
            }
        }
        return (depth, header[9], pixels)
    }

    @Test("a picture of up to 256 colours has a palette of as few bits as they need, one of more has its colours, and all have their pixels", arguments: [
        (1, 1, 3), (2, 1, 3), (3, 2, 3), (4, 2, 3), (5, 4, 3), (16, 4, 3), (17, 8, 3), (256, 8, 3), (257, 8, 2), (5_000, 8, 2),
    ])
    func colors(_ count: Int, _ depth: Int, _ kind: UInt8) throws {
        // No row ends with a byte, and every colour is used.
        let bitmap = Bitmap(width: 101, height: 103, colors: count)
        let file = try #require(bitmap.bytes.withUnsafeBytes { PNGFile($0, width: 101, height: 103, stride: bitmap.stride, samples: 4).bytes() })
        let read = try Self.read(file)
        #expect(read.depth == depth)
        #expect(read.kind == kind)
        #expect(read.pixels == (0..<103).flatMap { y in (0..<101).map { x in bitmap.color(x, y) } })
    }

    @Test("a grey picture has its shades: in a palette where few bits tell them, in a byte each else", arguments: [(2, 1, 3), (16, 4, 3), (17, 8, 0), (256, 8, 0)])
    func grey(_ count: Int, _ depth: Int, _ kind: UInt8) throws {
        let shades = (0..<40 * 20).map { UInt8(($0 * 7 + $0 / 40) % count * 255 / max(count - 1, 1)) }
        let file = try #require(shades.withUnsafeBytes { PNGFile($0, width: 39, height: 20, stride: 40, samples: 1).bytes() })
        let read = try Self.read(file)
        #expect(read.depth == depth)
        #expect(read.kind == kind)
        #expect(read.pixels == (0..<20).flatMap { y in (0..<39).map { UInt32(shades[40 * y + $0]) * 0x01_0101 } })
    }

    @Test("pictures of long runs and of rows like the one above keep their pixels", arguments: [1, 3, 4], [1, 2, 3, 7, 8, 9, 25, 64, 100])
    func runs(_ samples: Int, _ run: Int) throws {
        let width = 67, height = 12, stride = width * samples + 5
        func shade(_ x: Int, _ y: Int) -> UInt8 { UInt8((x + y / 4 * 3) / run % 5 * 50) }
        var bytes = [UInt8](repeating: 0xAB, count: stride * height)
        for y in 0..<height {
            // The last sample of four says nothing.
            for x in 0..<width { for sample in 0..<samples { bytes[y * stride + x * samples + sample] = sample < 3 ? shade(x, y) : UInt8(x) } }
        }
        let file = try #require(bytes.withUnsafeBytes { PNGFile($0, width: width, height: height, stride: stride, samples: samples).bytes() })
        let read = try Self.read(file)
        #expect(read.kind == 3)
        #expect(read.pixels == (0..<height).flatMap { y in (0..<width).map { UInt32(shade($0, y)) * 0x01_0101 } })
    }

    @Test("no file is made of rows that are not there")
    func short() {
        [UInt8](repeating: 0, count: 11).withUnsafeBytes {
            #expect(PNGFile($0, width: 2, height: 2, stride: 6, samples: 3).bytes() == nil)
            #expect(PNGFile($0, width: 4, height: 1, stride: 6, samples: 3).bytes() == nil)
        }
    }
}
