// SPDX-License-Identifier: Apache-2.0
import TextDecoding
import ZipArchive

/// The names of an archive's members. Old archives do not say in which charset: many names together do.
struct ZIPMemberNames {
    private let names: [String]

    /// Charsets of names that a guess is believed in; any other is the format's own code page 437.
    private static let guessed: Set = ["CP932", "EUC-JP", "GB18030", "BIG5-HKSCS", "CP949", "CP1251"]

    init(_ entries: [ZipEntry]) {
        var odd: [UInt8] = []
        for entry in entries where !entry.isUTF8 && odd.count < 64 << 10 && String(validating: entry.nameBytes, as: UTF8.self) == nil {
            odd += entry.nameBytes + [0x0A]
        }
        let charset = odd.withUnsafeBufferPointer { bytes -> Charset? in
            guard bytes.lazy.filter({ $0 >= 0x80 }).count >= 8 else { return nil }
            if Self.looksRussian(bytes) { return Charset(of: bytes, declared: "CP866") }
            let charset = Charset(of: bytes, declared: nil)
            return Self.guessed.contains(charset.name) ? charset : nil
        }
        names = entries.map { entry in
            guard let charset, !entry.isUTF8, String(validating: entry.nameBytes, as: UTF8.self) == nil else { return entry.name }
            return entry.nameBytes.withUnsafeBufferPointer { String(decoding: charset.utf8($0).text, as: UTF8.self) }
        }
    }

    /// Words of nothing but the letters of code page 866.
    private static func looksRussian(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var letters = (high: 0, ASCII: 0)
        for byte in bytes {
            switch byte {
            case 0x80...0xAF, 0xE0...0xF1, 0xFC: letters.high += 1
            case 0x80...: return false
            case 0x41...0x5A, 0x61...0x7A: letters.ASCII += 1
            default: break
            }
        }
        return letters.high > letters.ASCII
    }

    subscript(place: Int) -> String { names[place] }
}
