// SPDX-License-Identifier: Apache-2.0
import ArchiveReaders
import DocumentReaders
import DocumentReading
import DocumentTree
import Testing

@Suite("limits of archives")
struct LimitTests {
    private static let members = [("a.txt", "one"), ("b.txt", "two"), ("c.txt", "three")]

    private static var tar: [UInt8] {
        var maker = TarMaker()
        for (name, text) in members { maker.add(Array(name.utf8), text) }
        maker.end()
        return maker.bytes
    }

    private static var archives: [(bytes: [UInt8], format: Format)] { [(ZIPMaker(members).bytes(), .zip), (tar, .tar)] }

    @Test("members beyond their number are left, and listed")
    func members() throws {
        for (bytes, format) in Self.archives {
            var limits = ReadLimits()
            limits.members = 2
            let (blocks, diagnostics) = try Archives.read(bytes, format.reader(), limits: limits)
            #expect(blocks.filter { $0.hasPrefix("p(") } == ["p(one)", "p(two)"], "\(format.name)")
            #expect(blocks.last?.contains("c.txt") == true)
            #expect(diagnostics.contains { $0.hasPrefix("members-too-many") })
        }
    }

    @Test("members that unpack to more than all may together are left, and listed")
    func bytes() throws {
        for (bytes, format) in Self.archives {
            var limits = ReadLimits()
            limits.unpackedBytes = 7
            let (blocks, diagnostics) = try Archives.read(bytes, format.reader(), limits: limits)
            #expect(blocks.filter { $0.hasPrefix("p(") } == ["p(one)", "p(two)"], "\(format.name)")
            #expect(blocks.last?.contains("c.txt") == true)
            #expect(!diagnostics.isEmpty)
        }
    }

    /// Three MiB of one letter, by bzip2.
    private static let bomb = "425a683931415926535919c62a6300181a1100800420000008200030cc0529a718280b60280bc5dc914e142406718a98c0"

    private static var bombBytes: [UInt8] {
        let digits = bomb.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    @Test("what bombs unpack to in vain counts against the bytes that all members may unpack to")
    func vain() throws {
        var archive = ZIPMaker([])
        for number in 1...5 { archive.entries.append(ZIPMaker.Entry(name: Array("\(number).bz2".utf8), bytes: Self.bombBytes)) }
        archive.entries.append(ZIPMaker.Entry(name: Array("a.txt".utf8), bytes: Array("one".utf8)))
        var limits = ReadLimits()
        #expect(try Archives.read(archive.bytes(), ZIPReader(), limits: limits).blocks.contains("p(one)"))
        limits.unpackedBytes = 3 << 20
        let (blocks, _) = try Archives.read(archive.bytes(), ZIPReader(), limits: limits)
        #expect(!blocks.contains("p(one)"))
        #expect(blocks.last?.contains("a.txt") == true)
    }

    @Test("of an archive that is packed as a whole nothing behind what may not be unpacked is reached")
    func passedOver() throws {
        var maker = TarMaker()
        maker.add(Array("a.txt".utf8), "one")
        maker.add(Array("b.txt".utf8), String(repeating: "x", count: 3_000))
        maker.add(Array("c.txt".utf8), "three")
        maker.end()
        var limits = ReadLimits()
        limits.unpackedBytes = 2_000
        let plain = try Archives.read(maker.bytes, Format.tar.reader(), limits: limits)
        #expect(plain.blocks.filter { $0.hasPrefix("p(") } == ["p(one)", "p(three)"])
        let packed = try Archives.read(TarMaker.gzip(maker.bytes), Format.gz.reader(), limits: limits)
        #expect(packed.blocks.filter { $0.hasPrefix("p(") } == ["p(one)"])
        #expect(packed.diagnostics == ["member-unreadable b.txt", "archive-entries-left -"])
    }

    @Test("a document that unpacks to many times its size is refused by itself, and left where it is a member")
    func ratio() throws {
        let bomb = Self.bombBytes
        #expect(throws: ReadError.limit("it unpacks to more than is allowed")) { try Archives.read(bomb, Format.bz2.reader()) }
        var archive = ZIPMaker([("a.txt", "one")])
        archive.entries.append(ZIPMaker.Entry(name: Array("b.txt.bz2".utf8), bytes: bomb))
        let (blocks, diagnostics) = try Archives.read(archive.bytes(), ZIPReader())
        #expect(blocks.contains("p(one)"))
        #expect(diagnostics.contains { $0.hasPrefix("member-unreadable") })
        var limits = ReadLimits()
        limits.unpackedRatio = 100_000
        #expect(throws: Never.self) { try Archives.read(bomb, Format.bz2.reader(), limits: limits) }
    }
}
