// SPDX-License-Identifier: Apache-2.0
import ReaderTestSupport

/// Builds small Word documents from pieces of text, without any properties.
enum DOCMaker {
    enum Piece {
        case narrow(String)
        case wide(String)

        var text: String {
            switch self {
            case .narrow(let text), .wide(let text): text
            }
        }

        var bytes: [UInt8] {
            switch self {
            case .narrow(let text): text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0 == "€" ? 0x80 : $0.value) }
            case .wide(let text): text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            }
        }
    }

    /// Word 97: the text behind the header, and a piece table; `flags` are the header's. What is obfuscated is so with
    /// the password *swordfish*, whose key, check and mask come from a program in Python.
    static func document(_ pieces: [Piece], flags: UInt16 = 0x200, isObfuscated: Bool = false, streams: [(path: String, bytes: [UInt8])] = []) -> [UInt8] {
        var text: [UInt8] = [], positions: [UInt32] = [0], places: [UInt8] = []
        for piece in pieces {
            let offset = UInt32(1_024 + text.count)
            positions.append((positions.last ?? 0) + UInt32(piece.text.utf16.count))
            places += [0, 0]
            if case .narrow = piece { places += little(offset * 2 | 0x4000_0000) } else { places += little(offset) }
            places += [0, 0]
            text += piece.bytes
        }
        let table = positions.flatMap { little($0) } + places
        let clx = [2] + little(UInt32(table.count)) + table
        var header = [UInt8](repeating: 0, count: 1_024)
        func put(_ bytes: [UInt8], at: Int) { header.replaceSubrange(at..<(at + bytes.count), with: bytes) }
        put([0xEC, 0xA5, 0xC1, 0, 0, 0, 0x09, 0x04], at: 0)
        put([UInt8(flags & 0xFF), UInt8(flags >> 8)], at: 10)
        put(little(positions.last ?? 0), at: 76)
        put(little(0) + little(UInt32(clx.count)), at: 154 + 8 * 33)
        guard isObfuscated else { return CompoundMaker.file([("WordDocument", header + text), ("1Table", clx)] + streams) }
        put([0x00, 0x83], at: 10)
        put(passwordKey, at: 14)
        return CompoundMaker.file([("WordDocument", hidden(header + text, from: 68)), ("1Table", hidden(clx, from: 0))])
    }

    /// Word 6: bytes of the language's code page, in one run.
    static func old(_ text: [UInt8], count: Int? = nil, language: UInt16 = 0x409, flags: UInt16 = 0, isObfuscated: Bool = false) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 1_024)
        func put(_ bytes: [UInt8], at: Int) { header.replaceSubrange(at..<(at + bytes.count), with: bytes) }
        put([0xDC, 0xA5, 0x65, 0, 0, 0, UInt8(language & 0xFF), UInt8(language >> 8)], at: 0)
        put([UInt8(flags & 0xFF), UInt8(flags >> 8)], at: 10)
        put(little(1_024) + little(UInt32(1_024 + text.count)), at: 24)
        put(little(UInt32(count ?? text.count)), at: 0x34)
        guard isObfuscated else { return CompoundMaker.file([("WordDocument", header + text)]) }
        put([0x00, 0x01], at: 10)
        put(passwordKey, at: 14)
        return CompoundMaker.file([("WordDocument", hidden(header + text, from: 52))])
    }

    private static let passwordKey: [UInt8] = [0x19, 0x45, 0xA1, 0xC9]
    private static let mask: [UInt8] = [0x35, 0x19, 0x3B, 0x9B, 0xBE, 0x91, 0x38, 0x1B, 0xB8, 0x7F, 0x73, 0x5D, 0xD1, 0x5D, 0x73, 0x7E]

    private static func hidden(_ bytes: [UInt8], from start: Int) -> [UInt8] {
        bytes.enumerated().map { place, byte in place < start || byte == 0 || byte == mask[place % 16] ? byte : byte ^ mask[place % 16] }
    }

    private static func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } }
}
