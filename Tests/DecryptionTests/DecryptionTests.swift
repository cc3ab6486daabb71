// SPDX-License-Identifier: Apache-2.0
import Decryption
import Testing

@Suite("ciphers and hashes")
struct DecryptionTests {
    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    @Test("hash as the standards' own examples have it", arguments: [
        (Digest.md5, "900150983cd24fb0d6963f7d28e17f72"),
        (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (.sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"),
        (.sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
    ])
    func digests(_ digest: Digest, _ expected: String) {
        #expect(digest.of(Array("abc".utf8)) == bytes(expected))
        #expect(digest.of(Array("xabc".utf8).dropFirst()) == bytes(expected))
        #expect(digest.size == bytes(expected).count)
    }

    @Test("hash in rounds as one by one")
    func rounds() {
        var expected = Digest.sha512.of([1])
        for round in UInt8(0)..<3 { expected = Digest.sha512.of([round, 0, 0, 0] + expected) }
        #expect(Digest.sha512.counted(Digest.sha512.of([1]), 3) == expected)
    }

    @Test("derive keys as RFC 6070 has them")
    func derivation() {
        let code = MessageCode(key: Array("password".utf8))
        #expect(code.derivedKey(salt: Array("salt".utf8), rounds: 1, size: 20) == bytes("0c60c80f961f0e71f3a9b524af6012062fe037a6"))
        #expect(code.derivedKey(salt: Array("salt".utf8), rounds: 4_096, size: 20) == bytes("4b007901b765489abead49d926f721d065a429c1"))
        let long = MessageCode(key: Array("passwordPASSWORDpassword".utf8))
        #expect(long.derivedKey(salt: Array("saltSALTsaltSALTsaltSALTsaltSALTsalt".utf8), rounds: 4_096, size: 25) == bytes("3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"))
    }

    @Test("open blocks as NIST SP 800-38A has them, by themselves and in a chain")
    func blocks() throws {
        let plain = bytes("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
        let short = try #require(AESCipher(key: bytes("2b7e151628aed2a6abf7158809cf4f3c")))
        #expect(short.decryptedBlocks(bytes("3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf") + [1, 2]) == plain)
        let long = try #require(AESCipher(key: bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")))
        let start = bytes("000102030405060708090a0b0c0d0e0f")
        #expect(long.decryptedChained(bytes("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"), start: start) == plain)
        #expect(long.decryptedChained([1, 2, 3], start: start).isEmpty)
        #expect(AESCipher(key: [1, 2, 3]) == nil)
    }

    @Test("open what is authentic, and nothing else")
    func authentic() throws {
        let cipher = try #require(AESCipher(key: bytes("feffe9928665731c6d6a8f9467308308")))
        let start = bytes("cafebabefacedbaddecaf888")
        var text = bytes("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e67383e3899332afdd4d83a204575a052")
        #expect(cipher.decryptedAuthentic(text, start: start) == bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"))
        text[5] ^= 1
        #expect(cipher.decryptedAuthentic(text, start: start) == nil)
        #expect(cipher.decryptedAuthentic(text, start: start.dropLast()) == nil)
        #expect(cipher.decryptedAuthentic([1, 2, 3], start: start) == nil)
    }

    @Test("derive keys by Argon2id, within what a worker can give")
    func memoryHard() throws {
        let hash = try #require(PasswordHash(passes: 3, memory: 64, lanes: 4))
        #expect(hash.key(Array("password".utf8), salt: Array("somesaltsomesalt".utf8), size: 32) == bytes("9cb56f6cad0c84f51536569e63acbc47d2fdefaeea4b4f711efb5409e37f34ca"))
        #expect(hash.key(Array("password".utf8), salt: [1], size: 32) == nil)
        #expect(PasswordHash(passes: 3, memory: 64 << 10, lanes: 4) != nil)
        for (passes, memory, lanes) in [(0, 64, 4), (1, 31, 4), (1, 64, 0), (1, 64, 65), (1, 257 << 10, 4), (9, 256 << 10, 4), (.max, 64, 1)] {
            #expect(PasswordHash(passes: passes, memory: memory, lanes: lanes) == nil)
        }
    }

    @Test("go on with a stream from call to call")
    func streams() {
        var whole = RC4Cipher(key: Array("Key".utf8))
        #expect(whole.apply(to: Array("Plaintext".utf8)) == bytes("bbf316e8d940af0ad3"))
        var parts = RC4Cipher(key: Array("Key".utf8))
        #expect(parts.apply(to: Array("Plain".utf8)) + parts.apply(to: Array("text".utf8)) == bytes("bbf316e8d940af0ad3"))
    }

    @Test("open Blowfish with feedback as its author's own example has it")
    func feedback() {
        let packed = bytes("e73214a2822139caf26ecf6d2eb9e76e3da3de04d1517200519d57a6c3")
        let plain = BlowfishCipher.decryptedFeedback(packed, key: bytes("0123456789abcdeff0e1d2c3b4a59687"), start: bytes("fedcba9876543210"))
        #expect(plain == Array("7654321 Now is the time for \0".utf8))
    }

    @Test("say no password in a reason")
    func reasons() {
        #expect(Passwords.reason("the archive", []) == "the archive is protected by a password")
        #expect(!Passwords.reason("the archive", ["swordfish", "b"]).contains("swordfish"))
        #expect(Passwords.wide("é") == [0xE9, 0])
    }
}
