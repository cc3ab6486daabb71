// SPDX-License-Identifier: Apache-2.0
import Decryption

/// How one member is encrypted, by its local header: traditionally (APPNOTE 6.1), or with AES as WinZip has it (AE-1, AE-2).
struct ZipEncryption {
    private enum Kind {
        /// The last byte of the header that goes before the data tells a wrong password, mostly.
        case traditional(check: UInt8)
        case AES(keySize: Int)
    }

    /// What a member is once it is opened.
    struct Opened {
        let bytes: [UInt8]
        let method: Int
        /// Whether its checksum says anything; AE-2 has none.
        let hasChecksum: Bool
        /// The password is proven right, not just likely.
        let isProven: Bool
    }

    private let kind: Kind
    private let method: Int
    private let hasChecksum: Bool

    /// nil when it is encrypted in another way.
    init?(_ fields: ZipFields, _ entry: ZipEntry) {
        let at = entry.headerOffset
        guard let flags = fields.short(at &+ 6), flags & 0x40 == 0, let time = fields.short(at &+ 10), let name = fields.short(at &+ 26), let extra = fields.short(at &+ 28) else { return nil }
        guard entry.method == 99 else {
            method = entry.method
            hasChecksum = true
            kind = .traditional(check: UInt8(truncatingIfNeeded: flags & 8 != 0 ? time >> 8 : Int(entry.checksum >> 24)))
            return
        }
        var place = at &+ 30 &+ name
        let end = place &+ extra
        while place &+ 4 <= end, let id = fields.short(place), let size = fields.short(place &+ 2) {
            if id == 0x9901, size >= 7, let version = fields.short(place &+ 4), let strength = fields.slice(place &+ 8, 1)?.first, (1...3).contains(strength),
                let real = fields.short(place &+ 9) {
                kind = .AES(keySize: 8 + 8 * Int(strength))
                method = real
                hasChecksum = version == 1
                return
            }
            place &+= 4 &+ size
        }
        return nil
    }

    /// nil when this is not the password.
    func opened(_ packed: UnsafeRawBufferPointer, _ password: [UInt8]) -> Opened? {
        switch kind {
        case .traditional(let check):
            guard packed.count >= 12 else { return nil }
            var keys = TraditionalKeys(password)
            let plain = packed.map { keys.decrypted($0) }
            return plain[11] == check ? Opened(bytes: Array(plain.dropFirst(12)), method: method, hasChecksum: hasChecksum, isProven: false) : nil
        case .AES(let keySize):
            // Salt, two bytes to check the password by, data, ten bytes of the data's code.
            let saltSize = keySize / 2
            guard packed.count >= saltSize + 12 else { return nil }
            let keys = MessageCode(key: password).derivedKey(salt: Array(packed.prefix(saltSize)), rounds: 1_000, size: 2 * keySize + 2)
            guard keys.suffix(2).elementsEqual(packed[saltSize..<(saltSize + 2)]) else { return nil }
            let data = UnsafeRawBufferPointer(rebasing: packed[(saltSize + 2)..<(packed.count - 10)])
            guard MessageCode(key: keys[keySize..<(2 * keySize)]).of(data).prefix(10).elementsEqual(packed.suffix(10)), let cipher = AESCipher(key: keys.prefix(keySize)) else { return nil }
            return Opened(bytes: cipher.counted(data), method: method, hasChecksum: hasChecksum, isProven: true)
        }
    }

    /// A password as programs have written it: in UTF-8, or with a byte for each letter.
    static func forms(of password: String) -> [[UInt8]] {
        let plain = Array(password.utf8)
        let narrow = password.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        return narrow.count == password.unicodeScalars.count && narrow != plain ? [plain, narrow] : [plain]
    }
}

/// The three keys of traditional encryption (APPNOTE 6.1.5).
private struct TraditionalKeys {
    private var first: UInt32 = 0x1234_5678
    private var second: UInt32 = 0x2345_6789
    private var third: UInt32 = 0x3456_7890

    /// CRC-32 of each byte.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    init(_ password: [UInt8]) { for byte in password { update(byte) } }

    mutating func decrypted(_ byte: UInt8) -> UInt8 {
        let mixed = third | 2
        let plain = byte ^ UInt8(truncatingIfNeeded: (mixed &* (mixed ^ 1)) >> 8)
        update(plain)
        return plain
    }

    private mutating func update(_ byte: UInt8) {
        first = Self.step(first, byte)
        second = (second &+ (first & 0xFF)) &* 134_775_813 &+ 1
        third = Self.step(third, UInt8(truncatingIfNeeded: second >> 24))
    }

    private static func step(_ value: UInt32, _ byte: UInt8) -> UInt32 { value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
}
