// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// The piece table ([MS-DOC] 2.8.35, 2.9.38): the text of all stories in the order in which it is read, and where each
/// part of it lies in the file.
struct DOCPieces {
    struct Piece {
        /// Characters.
        var start: Int, end: Int
        /// Offset of the first byte.
        var offset: Int
        var width: Int
        /// Properties that a quick save put on the whole piece.
        var modifier: LittleEndianBytes
    }

    private(set) var pieces: [Piece] = []
    /// UTF-16; of old files mostly the bytes, which are decoded with their font's charset. NUL where the file is cut off.
    private(set) var units: [UInt16] = []
    /// Properties that modifiers refer to.
    private(set) var modifiers: [LittleEndianBytes] = []
    private(set) var missing = 0

    init(_ header: DOCHeader, word: LittleEndianBytes, table: LittleEndianBytes) {
        if header.isInPieces { read(header.part(.pieces, in: table), header) }
        if pieces.isEmpty {
            // No table: all text lies in one run. Text of UTF-16 has a zero in most characters.
            let start = header.textStart, end = max(start, min(header.textEnd, word.count))
            let sample = word.clipped(start, min(end - start, 4_096)).raw
            let isWide = !header.hasBytes && (header.isOld || sample.count(where: { $0 == 0 }) * 4 > sample.count)
            pieces = [Piece(start: 0, end: (end - start) / (isWide ? 2 : 1), offset: start, width: isWide ? 2 : 1, modifier: word.clipped(0, 0))]
        }
        decode(word, isBytes: header.hasBytes)
    }

    private mutating func read(_ clx: LittleEndianBytes, _ header: DOCHeader) {
        var at = 0
        while let kind = clx.byte(at) {
            if kind == 1 {
                guard let count = clx.short(at + 1), let properties = clx.slice(at + 3, count) else { return }
                modifiers.append(properties)
                at += 3 + count
            } else {
                guard kind == 2, let count = clx.long(at + 1) else { return }
                let plex = DOCPlex(clx.clipped(at + 5, count), size: 8)
                for index in 0..<plex.count { add(plex.position(index), plex.position(index + 1), plex.record(index), header) }
                return
            }
        }
    }

    private mutating func add(_ start: Int, _ end: Int, _ record: LittleEndianBytes, _ header: DOCHeader) {
        guard end > start, start >= pieces.last?.end ?? 0, let place = record.long(2) else { return }
        let isWide = header.isOld ? !header.hasBytes : place & 0x4000_0000 == 0
        let offset = header.isOld ? place : isWide ? place & 0x3FFF_FFFF : (place & 0x3FFF_FFFF) / 2
        pieces.append(Piece(start: start, end: end, offset: offset, width: isWide ? 2 : 1, modifier: record.clipped(6, 2)))
    }

    private mutating func decode(_ word: LittleEndianBytes, isBytes: Bool) {
        // No honest file has more characters than bytes.
        let most = word.count
        units.reserveCapacity(min(pieces.last?.end ?? 0, most))
        for index in pieces.indices {
            let piece = pieces[index]
            guard piece.end <= most else {
                missing += piece.end - piece.start
                pieces.removeSubrange(index...)
                break
            }
            while units.count < piece.start { units.append(0) }
            let bytes = word.clipped(piece.offset, (piece.end - piece.start) * piece.width).raw
            if piece.width == 2 {
                for at in 0..<(bytes.count / 2) { units.append(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * at, as: UInt16.self))) }
            } else if isBytes {
                for byte in bytes { units.append(UInt16(byte)) }
            } else {
                for byte in bytes { units.append(byte & 0xE0 == 0x80 ? Self.windows[Int(byte & 0x1F)] : UInt16(byte)) }
            }
            missing += piece.end - units.count
            while units.count < piece.end { units.append(0) }
        }
    }

    /// The piece that holds a character.
    func index(of character: Int) -> Int? {
        var low = 0, high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].end <= character { low = middle + 1 } else { high = middle }
        }
        return low < pieces.count && pieces[low].start <= character ? low : nil
    }

    /// 0x80 to 0x9F of windows-1252.
    private static let windows: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
