// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ZipArchive

@Suite("A ZIP file")
struct ZipFileTests {
    @Test("members are found by name, whatever case and slashes they are written with")
    func names() throws {
        let bytes = ZipMaker.archive([("word/document.xml", "hello"), ("b.txt", "")])
        try bytes.withUnsafeBytes { raw in
            let file = try ZipFile(raw)
            #expect(file.entries.map(\.name) == ["word/document.xml", "b.txt"])
            let entry = try #require(file.entry(named: "Word\\Document.XML"))
            #expect(try file.contents(of: entry).bytes == Array("hello".utf8))
            #expect(file.entry(named: "none") == nil)
        }
    }

    @Test("a lost directory is made up for by the local headers")
    func salvage() throws {
        let bytes = ZipMaker.archive([("a", "first"), ("b", "second")])
        let cut = Array(bytes.prefix(bytes.count - 40))
        try cut.withUnsafeBytes { raw in
            let file = try ZipFile(raw)
            #expect(file.isSalvaged)
            #expect(try file.entries.map { try file.contents(of: $0).bytes } == [Array("first".utf8), Array("second".utf8)])
        }
    }

    @Test("a directory that counts wrong is read as far as it goes; one that leads nowhere is made up for")
    func wrongDirectory() throws {
        let bytes = ZipMaker.archive([("a", "first"), ("b", "second")])
        let end = bytes.count - 22
        func read(_ archive: [UInt8]) throws -> (texts: [String], isSalvaged: Bool) {
            try archive.withUnsafeBytes { raw in
                let file = try ZipFile(raw)
                return (try file.entries.map { String(decoding: try file.contents(of: $0).bytes, as: UTF8.self) }, file.isSalvaged)
            }
        }
        for (count, isSalvaged) in [(0, false), (1, false), (3, true)] as [(UInt8, Bool)] {
            var wrong = bytes
            wrong[end + 8] = count
            wrong[end + 10] = count
            #expect(try read(wrong) == (["first", "second"], isSalvaged), "\(count)")
        }
        let lost = ZipMaker.archive([("a", "first"), ("b", "second")], offset: { _ in 12_345 })
        #expect(try read(lost) == (["first", "second"], true))
        var farAway = bytes
        farAway.replaceSubrange((end + 16)..<(end + 20), with: [255, 255, 255, 127])
        #expect(try read(farAway) == (["first", "second"], false))
    }

    @Test("an archive behind something else is found, whether its offsets count that or not")
    func prefix() throws {
        let front = Array("something else\n".utf8)
        for offset in [0, front.count] {
            let bytes = front + ZipMaker.archive([("a", "first"), ("b", "second")], offset: { $0 + offset })
            try bytes.withUnsafeBytes { raw in
                let file = try ZipFile(raw)
                #expect(!file.isSalvaged)
                #expect(try file.entries.map { try file.contents(of: $0).bytes } == [Array("first".utf8), Array("second".utf8)])
            }
        }
    }

    @Test("a member in pieces is the same as the whole, with its faults")
    func pieces() throws {
        let text = String(repeating: "0123456789", count: 60_000)
        let bytes = ZipMaker.archive([("a", text)])
        // A deflate block of two stored bytes, and one that ends early.
        let packed: [UInt8] = [1, 2, 0, 0xFD, 0xFF, 0x68, 0x69]
        let small = ZipMaker.archive(raw: [("b", packed, 8, 2), ("c", Array(packed.dropLast()), 8, 2)], checksum: Inflate.checksum(Array("hi".utf8)))
        func read(_ archive: [UInt8], _ name: String) throws -> (text: String, calls: Int, fault: ZipContents.Fault?) {
            try archive.withUnsafeBytes { raw in
                let file = try ZipFile(raw)
                let stream = try file.stream(#require(file.entry(named: name)))
                var bytes: [UInt8] = []
                var calls = 0
                while try stream.read(into: &bytes) { calls += 1 }
                return (String(decoding: bytes, as: UTF8.self), calls, stream.fault)
            }
        }
        let whole = try read(bytes, "a")
        #expect(whole.text == text && whole.calls > 1 && whole.fault == nil)
        #expect(try read(small, "b") == ("hi", 1, nil))
        #expect(try read(small, "c").fault == .cut)
        #expect(try read(ZipMaker.archive([("a", text)], checksum: 1), "a").fault == .checksum)
    }

    @Test("the beginning of a member is had without the rest, packed or not")
    func beginning() throws {
        let packed: [UInt8] = [0xCB, 0xC8, 0x04, 0x00]
        let bytes = ZipMaker.archive(raw: [("b", packed, 8, 2), ("c", Array("hello".utf8), 0, 5)])
        try bytes.withUnsafeBytes { bytes throws -> Void in
            let file = try ZipFile(bytes)
            func beginning(_ name: String, _ count: Int) -> String? {
                file.entry(named: name).flatMap { file.beginning(of: $0, count) }.map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(beginning("b", 1) == "h")
            #expect(beginning("b", 100) == "hi")
            #expect(beginning("c", 4) == "hell")
        }
    }

    @Test("a wrong checksum is told, and the bytes are still given")
    func checksum() throws {
        let bytes = ZipMaker.archive([("a", "text")], checksum: 1)
        try bytes.withUnsafeBytes { raw in
            let file = try ZipFile(raw)
            let contents = try file.contents(of: #require(file.entries.first))
            #expect(contents.fault == .checksum)
            #expect(contents.bytes == Array("text".utf8))
        }
    }

    @Test("members that share bytes are refused")
    func overlap() {
        let bytes = ZipMaker.archive([("a", "0123456789"), ("b", "x")], offset: { _ in 0 })
        bytes.withUnsafeBytes { raw in
            #expect(throws: ZipError.malformed("its members overlap")) { _ = try ZipFile(raw) }
        }
    }

    @Test("more members or bytes than allowed are refused")
    func limits() throws {
        let bytes = ZipMaker.archive([("a", "0123456789"), ("b", "0123456789")])
        try bytes.withUnsafeBytes { raw in
            #expect(throws: ZipError.limit("the archive has more than 1 members")) { _ = try ZipFile(raw, limits: ZipLimits(members: 1)) }
            let file = try ZipFile(raw, limits: ZipLimits(unpackedBytes: 15))
            _ = try file.contents(of: file.entries[0])
            #expect(throws: ZipError.limit("b unpacks to more than the 15 bytes allowed")) { _ = try file.contents(of: file.entries[1]) }
        }
    }

    @Test("an encrypted member is named")
    func encrypted() throws {
        let bytes = ZipMaker.archive([("a", "x")], flags: 1)
        try bytes.withUnsafeBytes { raw in
            let file = try ZipFile(raw)
            #expect(throws: ZipError.encrypted("a is encrypted")) { _ = try file.contents(of: file.entries[0]) }
        }
    }

    @Test("deflate that lies about its size is unpacked in steps, within the limit")
    func lyingSize() throws {
        // 1,000 zeros, as zlib packs them.
        let packed: [UInt8] = [0x63, 0x60, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0x00]
        let bytes = ZipMaker.archive(raw: [("z", packed, 8, 10)])
        try bytes.withUnsafeBytes { raw in
            let file = try ZipFile(raw)
            #expect(try file.contents(of: file.entries[0]).bytes.allSatisfy { $0 == 0 })
            let tight = try ZipFile(raw, limits: ZipLimits(unpackedBytes: 100))
            #expect(throws: ZipError.self) { _ = try tight.contents(of: tight.entries[0]) }
        }
    }
}
