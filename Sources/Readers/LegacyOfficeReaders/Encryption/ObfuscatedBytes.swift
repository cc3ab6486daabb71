// SPDX-License-Identifier: Apache-2.0

/// XOR obfuscation of workbooks, method 1, and of documents, method 2 ([MS-OFFCRYPTO] 2.3.7.1 to 2.3.7.7): sixteen bytes that come from the password.
struct ObfuscatedBytes {
    private let mask: [UInt8]

    /// nil when this is not the password: neither its key nor its check is the one of the file.
    init?(password: String, key: Int, check: Int) {
        // A byte for each letter, at most fifteen of them.
        let letters = password.utf16.prefix(15).map { $0 & 0xFF != 0 ? UInt8(truncatingIfNeeded: $0) : UInt8(truncatingIfNeeded: $0 >> 8) }
        guard !letters.isEmpty, Self.check(letters) == check else { return nil }
        let own = Self.key(letters)
        guard own == key else { return nil }
        let low = UInt8(own & 0xFF), high = UInt8(own >> 8)
        mask = (letters + Self.filler).prefix(16).enumerated().map { place, byte in
            let mixed = byte ^ (place % 2 == 0 ? low : high)
            return mixed >> 1 | mixed << 7
        }
    }

    /// `place` is where the record's content ends in the stream plus the byte's distance from its start ([MS-XLS] 2.2.10).
    func plain(_ byte: UInt8, at place: Int) -> UInt8 {
        let mixed = byte ^ mask[place & 15]
        return mixed << 3 | mixed >> 5
    }

    /// Zeros are not hidden, and nothing is hidden as a zero ([MS-OFFCRYPTO] 2.3.7.6).
    func plainInDocument(_ byte: UInt8, at place: Int) -> UInt8 {
        let mixed = byte ^ mask[place & 15]
        return byte == 0 || mixed == 0 ? byte : mixed
    }

    private static func check(_ letters: [UInt8]) -> Int {
        let sum = ([UInt8(letters.count)] + letters).reversed().reduce(0) { sum, letter in
            (sum >> 14 & 1 | sum << 1 & 0x7FFF) ^ Int(letter)
        }
        return sum ^ 0xCE4B
    }

    private static func key(_ letters: [UInt8]) -> Int {
        var key = start[letters.count - 1]
        var bit = 0x68
        for letter in letters.reversed() {
            var letter = letter
            for _ in 0..<7 {
                if letter & 0x40 != 0 { key ^= matrix[bit] }
                letter <<= 1
                bit -= 1
            }
        }
        return key
    }

    private static let filler: [UInt8] = [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00]
    private static let start = [
        0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F, 0x84F9, 0x280C, 0xA96A, 0x4EC3,
    ]
    private static let matrix = [
        0xAEFC, 0x4DD9, 0x9BB2, 0x2745, 0x4E8A, 0x9D14, 0x2A09, 0x7B61, 0xF6C2, 0xFDA5, 0xEB6B, 0xC6F7, 0x9DCF, 0x2BBF, 0x4563, 0x8AC6, 0x05AD, 0x0B5A,
        0x16B4, 0x2D68, 0x5AD0, 0x0375, 0x06EA, 0x0DD4, 0x1BA8, 0x3750, 0x6EA0, 0xDD40, 0xD849, 0xA0B3, 0x5147, 0xA28E, 0x553D, 0xAA7A, 0x44D5, 0x6F45,
        0xDE8A, 0xAD35, 0x4A4B, 0x9496, 0x390D, 0x721A, 0xEB23, 0xC667, 0x9CEF, 0x29FF, 0x53FE, 0xA7FC, 0x5FD9, 0x47D3, 0x8FA6, 0x0F6D, 0x1EDA, 0x3DB4,
        0x7B68, 0xF6D0, 0xB861, 0x60E3, 0xC1C6, 0x93AD, 0x377B, 0x6EF6, 0xDDEC, 0x45A0, 0x8B40, 0x06A1, 0x0D42, 0x1A84, 0x3508, 0x6A10, 0xAA51, 0x4483,
        0x8906, 0x022D, 0x045A, 0x08B4, 0x1168, 0x76B4, 0xED68, 0xCAF1, 0x85C3, 0x1BA7, 0x374E, 0x6E9C, 0x3730, 0x6E60, 0xDCC0, 0xA9A1, 0x4363, 0x86C6,
        0x1DAD, 0x3331, 0x6662, 0xCCC4, 0x89A9, 0x0373, 0x06E6, 0x0DCC, 0x1021, 0x2042, 0x4084, 0x8108, 0x1231, 0x2462, 0x48C4,
    ]
}
