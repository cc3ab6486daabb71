// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import Testing

@testable import LegacyOfficeReaders

/// Streams of a beginning, the record of the password, a sheet, a record of forty bytes and an end; made with Python from [MS-OFFCRYPTO].
@Suite("an encrypted workbook")
struct XLSEncryptionTests {
    private static let provider = """
        0908080000060500000000002f006a000100020002000400000020000000040000000000000001680000048000008000000001000000000000000000
        000010000000000102030405060708090a0b0c0d0e0f951a438246b92f152932db11c43c0fd414000000b18f2fad1f6e9c930b2f32460a0f3000efbb
        d13885000d0034120000289c9ff88e54002eeb0402280084a92848aace9d4b0638488afebb2314dcabf65722db6984d8d5c594626ab10693cdeee649
        4198450a000000
        """
    private static let obfuscated = """
        0908080000060500000000002f00060000001945a1c985000d00341200005dd1fd73779994b676040228009b9ed1589b18bf935cf01c12ff94d8da99
        9cd35a991abd915ef21e10fd96dad89f9ad55c9f1cbb970a000000
        """

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private func decrypted(_ bytes: [UInt8], _ passwords: [String]) throws -> [UInt8]? {
        try bytes.withUnsafeBytes { try XLSEncryption.decrypted(LittleEndianBytes($0), passwords: passwords) }
    }

    @Test("is opened by its password, whichever way it was encrypted", arguments: [provider, obfuscated])
    func opens(_ hex: String) throws {
        let stream = bytes(hex)
        let plain = try #require(try decrypted(stream, ["wrong", "swordfish"]))
        #expect(plain.count == stream.count)
        #expect(plain.prefix(12) == stream.prefix(12))
        #expect(plain[12..<14] == [0, 0])
        #expect(plain.suffix(17 + 44 + 4).prefix(4) == [0x85, 0, 13, 0])
        let sheet: [UInt8] = [0x34, 0x12, 0, 0, 0, 0, 5, 0] + Array("Hello".utf8)
        #expect(Array(plain.suffix(17 + 44 + 4).dropFirst(4).prefix(13)) == sheet)
        #expect(Array(plain.suffix(44 + 4)) == [4, 2, 40, 0] + (0..<40).map { UInt8($0) } + [10, 0, 0, 0])
    }

    @Test("stays closed without it", arguments: [provider, obfuscated])
    func staysClosed(_ hex: String) {
        #expect(throws: ReadError.encrypted("the workbook is protected by a password")) { try decrypted(bytes(hex), []) }
        #expect(throws: ReadError.encrypted("the workbook is protected by a password, and the one given does not open it")) { try decrypted(bytes(hex), ["wrong"]) }
    }

    @Test("is left alone where it is not encrypted, and says so where its encryption is unknown")
    func others() throws {
        #expect(try decrypted([0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x0A, 0, 0, 0], ["a"]) == nil)
        let unknown: [UInt8] = [0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2F, 0, 6, 0, 1, 0, 9, 0, 9, 0]
        #expect(throws: ReadError.self) { try decrypted(unknown, ["a"]) }
        for length in 0..<bytes(Self.provider).count { _ = try? decrypted(Array(bytes(Self.provider).prefix(length)), ["swordfish"]) }
    }
}
