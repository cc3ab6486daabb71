// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import ReaderTestSupport
import Testing

@Suite("A storage as a compound file of its own")
struct CompoundCopyTests {
    @Test("streams of every size come back as they were", arguments: [0, 1, 63, 64, 65, 511, 512, 4_096, 700_000])
    func sizes(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let whole = CompoundMaker.file([("Pool/_1/WordDocument", bytes), ("Pool/_1/Inner/x", [1, 2, 3]), ("Pool/_2/other", [4])])
        let copy = try whole.withUnsafeBytes { raw -> [UInt8]? in
            let file = try CompoundFile(raw)
            return try #require(file.entry(at: "Pool/_1")).kind == .storage ? file.entry(at: "Pool/_1").flatMap { file.copy(of: $0) } : nil
        }
        try #require(copy).withUnsafeBytes { raw in
            let file = try CompoundFile(raw)
            #expect(!file.isDamaged)
            #expect(file.contents(at: "WordDocument")?.bytes == bytes)
            #expect(file.contents(at: "Inner/x")?.bytes == [1, 2, 3])
            #expect(file.entry(at: "other") == nil)
        }
    }

    @Test("a storage whose table does not fit into the header is laid out all the same")
    func large() throws {
        let bytes = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var whole = CompoundMaker.file([("Pool/A", bytes), ("Pool/B", [UInt8](repeating: 1, count: 5_000))])
        // B becomes as long as A, and the same chain.
        func slot(_ letter: UInt8) throws -> Int { try #require(stride(from: 512, to: whole.count, by: 128).first { whole[$0] == letter && whole[$0 + 1] == 0 && whole[$0 + 64] == 4 && whole[$0 + 66] == 2 }) }
        let (a, b) = (try slot(UInt8(ascii: "A")), try slot(UInt8(ascii: "B")))
        for at in 116..<124 { whole[b + at] = whole[a + at] }
        let copy = try whole.withUnsafeBytes { raw in
            let file = try CompoundFile(raw)
            return file.entry(at: "Pool").flatMap { file.copy(of: $0) }
        }
        try #require(copy).withUnsafeBytes { raw in
            let file = try CompoundFile(raw)
            #expect(!file.isDamaged)
            for name in ["A", "B"] { #expect(file.contents(at: name)?.bytes == bytes) }
        }
    }
}
