// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import EncryptedPackages
import Testing
import ZipArchive

/// A package with one part, encrypted whole by Argon2id and AES-GCM as LibreOffice 24.8 does; made with Python's cryptography.
@Suite("an OpenDocument package that is encrypted as a whole")
struct OpenDocumentWholeTests {
    private static let packed = """
        a204095e6dd732114ebb35664273f336da76212175d85770c09343ae21def700841a876866856a23bc3f3fb4bccdb041f9d60adece0e7d5322e13c1e
        e691120c145ea21888a52b80fda06d0d6e6cdf07a86b
        """
    private static let stored = """
        f9bf6c3c68b6b2110bbdca3c781aaa6bede99ca04de16cdfe4a6e7ea8efca3a84c2a3d28d2308307541afce99af59b24bb17152a03c47b4140e57e74
        c6736466095add2116ea7fc0f7bddd24c21de24a9449143b108f8883961fef5cf1fbc4189ee1b8f862ef3eeeea97a61fe18d03dca72e4776982e70c3
        66f072ef975f0588c5d763e0381a3aab4ee8ab34
        """
    private static let start = "FBUWFxgZGhscHR4f"

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private func package(_ contents: [UInt8], memory: Int = 64, function: String = "urn:org:documentfoundation:names:experimental:office:manifest:argon2id") -> [UInt8] {
        let manifest = """
            <manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">
            <manifest:file-entry manifest:full-path="encrypted-package" manifest:size="120"><manifest:encryption-data>
            <manifest:algorithm manifest:algorithm-name="http://www.w3.org/2009/xmlenc11#aes256-gcm" manifest:initialisation-vector="\(Self.start)"/>
            <manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2001/04/xmlenc#sha256" manifest:key-size="32"/>
            <manifest:key-derivation manifest:key-derivation-name="\(function)" manifest:key-size="32" loext:argon2-iterations="2" loext:argon2-memory="\(memory)"
             loext:argon2-lanes="2" manifest:salt="AQIDBAUGBwgJCgsMDQ4PEA=="/></manifest:encryption-data></manifest:file-entry></manifest:manifest>
            """
        var zip = StoredZIP()
        zip.add(Array("mimetype".utf8), Array("application/vnd.oasis.opendocument.text".utf8))
        zip.add(Array("encrypted-package".utf8), contents)
        zip.add(Array("META-INF/manifest.xml".utf8), Array(manifest.utf8))
        return zip.finished()
    }

    private func opened(_ package: [UInt8], _ passwords: [String]) throws -> [UInt8]? {
        var limits = ReadLimits()
        limits.passwords = passwords
        return try package.withUnsafeBytes { try EncryptedPackage.opened($0, limits: limits) }
    }

    @Test("is opened by its password, packed or not, with its start before the text or without")
    func opens() throws {
        for contents in [bytes(Self.packed), bytes(Self.stored), (20..<32).map { UInt8($0) } + bytes(Self.packed)] {
            let plain = try #require(try opened(package(contents), ["wrong", "open sesame"]))
            let file = try plain.withUnsafeBytes { bytes in
                let file = try ZipFile(bytes, limits: ZipLimits(members: 10, unpackedBytes: 1_000, unpackedRatio: 100))
                return try file.contents(of: #require(file.entry(named: "content.xml"))).bytes
            }
            #expect(file == Array("<t/>".utf8))
        }
    }

    @Test("stays closed without it, and when a byte was changed")
    func staysClosed() {
        #expect(throws: ReadError.encrypted("the document is protected by a password")) { try opened(package(bytes(Self.packed)), []) }
        #expect(throws: ReadError.encrypted("the document is protected by a password, and the one given does not open it")) { try opened(package(bytes(Self.packed)), ["wrong"]) }
        var changed = bytes(Self.packed)
        changed[3] ^= 1
        #expect(throws: ReadError.self) { try opened(package(changed), ["open sesame"]) }
        for count in [0, 1, 15, 16, 17] { #expect(throws: ReadError.self) { try opened(package(Array(bytes(Self.packed).prefix(count))), ["open sesame"]) } }
    }

    @Test("that wants more memory than a worker has, or an unknown function, is said to be unreadable")
    func unreadable() {
        let error = ReadError.encrypted("the document is encrypted in a way that is not read, whatever the password; remove the password in its own program")
        #expect(throws: error) { try opened(package(bytes(Self.packed), memory: 4_000_000_000), ["open sesame"]) }
        #expect(throws: error) { try opened(package(bytes(Self.packed), memory: 0), ["open sesame"]) }
        #expect(throws: error) { try opened(package(bytes(Self.packed), function: "scrypt"), ["open sesame"]) }
    }
}
