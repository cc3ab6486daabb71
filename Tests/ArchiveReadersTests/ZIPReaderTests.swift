// SPDX-License-Identifier: Apache-2.0
import ArchiveReaders
import DocumentReaders
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@Suite("ZIP archives")
struct ZIPReaderTests {
    @Test("each member stands under its path, in the archive's order")
    func members() throws {
        let archive = ZIPMaker([("b/", ""), ("b/x.html", "<h1>t</h1><p>u</p>"), ("a.txt", "hello")])
        let (blocks, diagnostics) = try Archives.read(archive.bytes(), ZIPReader())
        #expect(blocks == ["h1(b/x.html)", "h2(t)", "p(u)", "h1(a.txt)", "p(hello)"])
        #expect(diagnostics == [])
    }

    @Test("what no reader takes is listed behind the others, with its size and the reason")
    func listing() throws {
        var archive = ZIPMaker([("a.bin", "\0\u{1}\u{2}"), ("b.txt", "x"), ("c.txt", "y")])
        archive.entries[2].flags = 1
        let (blocks, diagnostics) = try Archives.read(archive.bytes(), ZIPReader())
        #expect(blocks == [
            "h1(b.txt)", "p(x)", "h1(Not converted)",
            "ul(li(code(a.bin) (3 bytes): content is binary data of no known kind) li(code(c.txt) (1 byte): it is encrypted))",
        ])
        #expect(diagnostics == ["member-unreadable a.bin", "member-unreadable c.txt"])
    }

    @Test("an archive of encrypted members only is encrypted")
    func encrypted() throws {
        var archive = ZIPMaker([("d/", ""), ("a.txt", "x")])
        archive.entries[1].flags = 1
        #expect(throws: ReadError.encrypted("the archive is protected by a password")) { try Archives.read(archive.bytes(), ZIPReader()) }
    }

    @Test("a lost directory is replaced by the members' own headers")
    func salvage() throws {
        var archive = ZIPMaker([("a.txt", "hello"), ("b.txt", "world")])
        archive.hasDirectory = false
        let (blocks, diagnostics) = try Archives.read(archive.bytes(), ZIPReader())
        #expect(blocks == ["h1(a.txt)", "p(hello)", "h1(b.txt)", "p(world)"])
        #expect(diagnostics == ["zip-directory-salvaged -"])
    }

    @Test("links are counted, what systems put in for themselves is left out")
    func clutter() throws {
        var archive = ZIPMaker([("__MACOSX/._a.txt", "x"), (".DS_Store", "x"), ("d/Thumbs.db", "x"), ("a.txt", "y"), ("link", "a.txt")])
        archive.entries[4].mode = 0o120777
        let (blocks, diagnostics) = try Archives.read(archive.bytes(), ZIPReader())
        #expect(blocks == ["h1(a.txt)", "p(y)"])
        #expect(diagnostics == ["archive-links-left -"])
    }

    @Test("names in an old charset are read by what all of them look like", arguments: [
        ("cp866", [[0x8E, 0xE2, 0xE7, 0xA5, 0xE2, 0x20, 0xA7, 0xA0, 0x20, 0xAC, 0xA0, 0xE0, 0xE2], [0x84, 0xAE, 0xA3, 0xAE, 0xA2, 0xAE, 0xE0]], "Отчет за март"),
        ("cp437", [[0x81, 0x62, 0x65, 0x72]], "über"),
    ] as [(String, [[UInt8]], String)])
    func names(_ charset: String, _ names: [[UInt8]], _ expected: String) throws {
        var archive = ZIPMaker()
        archive.entries = names.map { ZIPMaker.Entry(name: $0, bytes: Array("x".utf8)) }
        #expect(try Archives.read(archive.bytes(), ZIPReader()).blocks.first == "h1(\(expected))")
    }

    @Test("archives within archives are read to the depth that is allowed, and no further")
    func depth() throws {
        var archive = ZIPMaker([("a.txt", "inmost")])
        for level in 1...6 {
            var outer = ZIPMaker([("level\(level).txt", "x")])
            outer.entries.append(ZIPMaker.Entry(name: Array("inner.zip".utf8), bytes: archive.bytes()))
            archive = outer
        }
        let (blocks, diagnostics) = try Archives.read(archive.bytes(), ZIPReader())
        #expect(blocks.filter { $0 == "p(x)" }.count == 5)
        #expect(!blocks.contains("p(inmost)"))
        #expect(diagnostics.contains { $0.hasPrefix("members-too-deep") })
    }
}
