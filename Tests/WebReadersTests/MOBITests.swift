// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("books of Mobipocket and Kindle")
struct MOBITests {
    private func read(_ maker: MOBIMaker, recordSize: Int = 4_096) throws -> (blocks: [String], document: Document, diagnostics: [String]) {
        let read = try Outline.read(maker.bytes(recordSize: recordSize), MOBIReader())
        return (read.document.blocks.map(Outline.block), read.document, read.diagnostics.items.map(\.code))
    }

    @Test("text of several records is one page; breaks of pages part paragraphs; facts are told")
    func plain() throws {
        var maker = MOBIMaker(text: Array("<html><body><h1>One</h1>text a<mbp:pagebreak/>text b<a filepos=0000000012>c</a></body></html>".utf8))
        maker.facts = [(503, Array("Title".utf8)), (100, Array("Ann".utf8)), (100, Array("Bob".utf8)), (524, Array("en".utf8))]
        let read = try read(maker, recordSize: 20)
        #expect(read.blocks == ["h1(One)", "p(text a)", "p(text bc)"])
        #expect(read.document.metadata["title"] == "Title")
        #expect(read.document.metadata["author"] == "Ann, Bob")
    }

    @Test("PalmDOC's packing: itself, as it is, a space with a letter, a distance back")
    func packed() throws {
        var maker = MOBIMaker(text: [0])
        maker.compression = 2
        // "é" as two bytes that are as they are, " c" in one byte, and three characters from eight bytes back.
        maker.pack = { _ in Array("<p>abab".utf8) + [0x02, 0xC3, 0xA9, UInt8(ascii: "c") ^ 0x80, 0x80, 0x40, UInt8(ascii: ".")] }
        #expect(try read(maker).blocks == ["p(ababé caba.)"])
    }

    @Test("what stands behind a record's text is none of it")
    func trailing() throws {
        var maker = MOBIMaker(text: Array("<p>abcdef</p>".utf8))
        maker.trailers = 0b11
        // One entry of three bytes, its size among them, behind one byte of a character that is cut.
        maker.tail = [0x00, UInt8(ascii: "x"), UInt8(ascii: "y"), 0x83]
        #expect(try read(maker, recordSize: 5).blocks == ["p(abcdef)"])
    }

    @Test("pictures are known by the number of their record, the cover comes first")
    func pictures() throws {
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2]
        var maker = MOBIMaker(text: Array("<p>a <img recindex=\"00002\" alt=\"b\"> c</p>".utf8))
        maker.pictures = [[0xFF, 0xD8, 0xFF, 9], picture]
        maker.facts = [(201, MOBIMaker.long(0))]
        let read = try read(maker)
        #expect(read.document.media.map(\.mediaType) == ["image/jpeg", "image/png"])
        #expect(read.document.media.last?.bytes == picture)
        #expect(read.blocks.count == 2 && read.blocks[0].contains("Cover") && read.blocks[1].hasPrefix("p(a "))
    }

    @Test("a KF8 book numbers its pictures to the base of 32, and its links within lead nowhere")
    func embedded() throws {
        var maker = MOBIMaker(text: Array("<p>a <img src=\"kindle:embed:000A?mime=image/png\" alt=\"b\"> <a href=\"kindle:pos:fid:0001:off:0000000000\">c</a> <a href=\"http://x.y/\">d</a></p>".utf8))
        maker.version = 8
        maker.pictures = (0..<10).map { [0x89, 0x50, 0x4E, 0x47, UInt8($0)] }
        let read = try read(maker)
        #expect(read.document.media.map(\.bytes.last) == [9])
        #expect(read.blocks.count == 1 && read.blocks[0].hasSuffix(" c a[http://x.y/](d))"))
    }

    @Test("fragments of a KF8 book go to their places within the pages")
    func fragments() throws {
        let pages = ["<html><body><ul></ul></body></html>", "<li>a</li>", "<li>b</li>", "<html><body></body></html>", "<p>c</p>"]
        var maker = MOBIMaker(text: Array(pages.joined().utf8))
        maker.version = 8
        let second = pages[0].utf8.count + pages[1].utf8.count + pages[2].utf8.count
        maker.skeletons = MOBIMaker.index(tags: [[1, 1, 3, 0], [6, 2, 12, 0]], [
            ("SKEL0", 0b0101, [2, 0, pages[0].utf8.count]), ("SKEL1", 0b0101, [1, second, pages[3].utf8.count]),
        ])
        let place = "<html><body><ul>".utf8.count
        maker.fragments = MOBIMaker.index(tags: [[6, 2, 1, 0]], [
            (String(place), 1, [0, pages[1].utf8.count]), (String(place + pages[1].utf8.count), 1, [0, pages[2].utf8.count]),
            (String(second + "<html><body>".utf8.count), 1, [0, pages[4].utf8.count]),
        ])
        let read = try read(maker)
        #expect(read.blocks == ["ul(li(a) li(b))", "p(c)"])
        #expect(read.diagnostics == [])
        maker.fragments = []
        #expect(try self.read(maker).blocks.last == "p(c)")
    }

    @Test("phrases for codes of different lengths, phrases packed themselves")
    func huffman() throws {
        let phrases: [(String, Bool)] = [("<p>ab", true), ("cd", true), ("\u{40}", false), (".</p>", true)]
        var codes: [UInt8] = []
        for start in 0..<256 {
            let value = start >= 0x80 ? 1 | 0x80 | 1 << 8 : start >= 0x40 ? 2 | 0x80 | 2 << 8 : 8
            codes += MOBIMaker.long(value)
        }
        var lengths: [UInt8] = []
        for length in 1...32 { lengths += length == 8 ? MOBIMaker.long(0) + MOBIMaker.long(3) : MOBIMaker.long(0) + MOBIMaker.long(0) }
        var words: [UInt8] = []
        var offsets: [UInt8] = []
        for (text, isPlain) in phrases {
            offsets += MOBIMaker.word(phrases.count * 2 + words.count)
            words += MOBIMaker.word(text.utf8.count | (isPlain ? 0x8000 : 0)) + Array(text.utf8)
        }
        var maker = MOBIMaker(text: [0])
        maker.compression = 17_480
        maker.huffman = [
            Array("HUFF".utf8) + MOBIMaker.long(24) + MOBIMaker.long(24) + MOBIMaker.long(24 + 1_024) + [UInt8](repeating: 0, count: 8) + codes + lengths,
            Array("CDIC".utf8) + MOBIMaker.long(16) + MOBIMaker.long(phrases.count) + MOBIMaker.long(2) + offsets + words,
        ]
        // 1 ▶ phrase 0, 01 ▶ phrase 1, 00000001 ▶ phrase 2 (packed: 01 and zeros), 00000000 ▶ phrase 3.
        maker.pack = { _ in [0b1010_0000, 0b0010_0000, 0b0000_0000] }
        #expect(try read(maker).blocks == ["p(abcdcd.)"])
    }

    @Test("encrypted books are told from damaged ones")
    func refused() throws {
        var maker = MOBIMaker(text: Array("<p>a</p>".utf8))
        maker.encryption = 2
        #expect(throws: ReadError.encrypted("the book's text is encrypted (digital rights management)")) { try read(maker) }
        maker.encryption = 0
        maker.compression = 17_480
        #expect(throws: ReadError.malformed("the codes that the book's text is packed by are missing")) { try read(maker) }
        maker.compression = 5
        #expect(throws: ReadError.malformed("the book's text is packed in no known way")) { try read(maker) }
    }

    @Test("a book cut anywhere gives what is there or says that it is damaged")
    func cut() throws {
        var maker = MOBIMaker(text: Array("<p>abcdef</p><p>ghijkl</p>".utf8))
        maker.facts = [(503, Array("Title".utf8))]
        let whole = maker.bytes(recordSize: 8)
        for count in 0..<whole.count {
            do {
                let read = try Outline.read(Array(whole[..<count]), MOBIReader())
                if count < whole.count - 20 { #expect(read.diagnostics.items.contains { $0.code == "file-damaged" }, "\(count) bytes") }
            } catch {
                guard case .malformed = error as? ReadError else {
                    Issue.record("cut at \(count): \(error)")
                    return
                }
            }
        }
    }
}
