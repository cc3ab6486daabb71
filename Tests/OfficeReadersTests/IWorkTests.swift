// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("Pages and Keynote documents")
struct IWorkTests {
    static func varint(_ value: Int) -> [UInt8] {
        var rest = value
        var out: [UInt8] = []
        repeat {
            out.append(UInt8(rest & 127) | (rest > 127 ? 128 : 0))
            rest >>= 7
        } while rest > 0
        return out
    }

    static func field(_ number: Int, _ value: Int) -> [UInt8] { varint(number << 3) + varint(value) }
    static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] { varint(number << 3 | 2) + varint(bytes.count) + bytes }
    static func reference(_ number: Int, _ id: Int) -> [UInt8] { field(number, field(1, id)) }
    static func storage(_ id: Int, _ text: String, kind: Int? = nil) -> (Int, Int, [UInt8]) { (id, 2_001, (kind.map { field(1, $0) } ?? []) + field(3, Array(text.utf8))) }

    /// A part: its objects, packed as literals of 60 bytes at most.
    static func part(_ objects: [(id: Int, kind: Int, body: [UInt8])]) -> [UInt8] {
        var stream: [UInt8] = []
        for object in objects {
            let header = field(1, object.id) + field(2, field(1, object.kind) + field(3, object.body.count))
            stream += varint(header.count) + header + object.body
        }
        var packed = varint(stream.count)
        for start in stride(from: 0, to: stream.count, by: 60) {
            let piece = stream[start..<min(start + 60, stream.count)]
            packed.append(UInt8((piece.count - 1) << 2))
            packed += piece
        }
        return [0, UInt8(packed.count & 255), UInt8(packed.count >> 8 & 255), UInt8(packed.count >> 16)] + packed
    }

    private func read(_ members: [(String, [UInt8])]) throws -> [String] {
        try Outline.read(DOCXMaker.archive(bytes: members), IWorkReader(), nameExtension: "pages").document.blocks.map(Outline.block)
    }

    @Test("the body comes first, then boxes and notes; headers of pages do not")
    func pages() throws {
        let part = Self.part([
            Self.storage(1, "A box"), Self.storage(2, "First\u{2028}line\nSecond \u{FFFC}paragraph\u{4}\n\n", kind: 0), Self.storage(3, "Page header", kind: 1), Self.storage(4, "A note", kind: 2),
        ])
        #expect(try read([("Index/Document.iwa", part)]) == ["p(First⏎line)", "p(Second paragraph)", "p(A box)", "p(A note)"])
        let inner = DOCXMaker.archive(bytes: [("Index/Document.iwa", part)])
        #expect(try read([("Index.zip", inner)]).first == "p(First⏎line)")
    }

    @Test("slides come in the order of the show, with titles, bodies and what is said")
    func slides() throws {
        func slide(_ id: Int, _ title: String) -> [UInt8] {
            Self.part([
                Self.storage(id + 1, "One\nTwo"), Self.storage(id + 2, title), Self.storage(id + 3, "Say this"), Self.storage(id + 4, "Beside"),
                (id + 5, 7, Self.field(1, Self.reference(4, id + 2))), (id + 6, 7, Self.field(1, Self.field(1, Self.reference(2, id + 1)))), (id + 7, 15, Self.reference(1, id + 3)),
                (id, 5, Self.reference(5, id + 5) + Self.reference(6, id + 6) + Self.reference(27, id + 7)),
            ])
        }
        let show = Self.part([
            (10, 2, Self.field(3, Self.reference(1, 11))), (11, 4, Self.reference(1, 13) + Self.reference(1, 12)), (12, 4, Self.reference(2, 200)),
            // A node that names the root again must not go round.
            (13, 4, Self.reference(2, 100) + Self.reference(1, 11)),
        ])
        let template = Self.part([(300, 6, []), Self.storage(301, "Title Text")])
        let blocks = try read([("Index/Slide2.iwa", slide(200, "Last")), ("Index/Document.iwa", show), ("Index/MasterSlide.iwa", template), ("Index/Slide1.iwa", slide(100, "First"))])
        let body = ["ul(li(One) li(Two))", "p(Beside)", "quote(strong(Notes:) Say this)"]
        #expect(blocks == ["h1(First)"] + body + ["page", "h1(Last)"] + body)
    }

    @Test("blocks of Snappy copy from what they wrote, and damaged ones are told")
    func snappy() {
        func frame(_ block: [UInt8]) -> [UInt8] { [0, UInt8(block.count), 0, 0] + block }
        #expect(SnappyBlocks.unpacked(frame([9, 8, 0x61, 0x62, 0x63, 0x09, 3]), most: 100) == Array("abcabcabc".utf8))
        #expect(SnappyBlocks.unpacked(frame([9, 8, 0x61, 0x62, 0x63, 0x16, 3, 0]), most: 100) == Array("abcabcabc".utf8))
        #expect(SnappyBlocks.unpacked(frame([9, 8, 0x61, 0x62, 0x63, 0x16, 3, 0]), most: 8) == nil)
        #expect(SnappyBlocks.unpacked(frame([4, 8, 0x61, 0x62, 0x63, 0x16, 4, 0]), most: 100) == nil)
        #expect(SnappyBlocks.unpacked([1, 0, 0, 0], most: 100) == nil)
        #expect(SnappyBlocks.unpacked([0, 9, 0, 0, 1], most: 100) == nil)
    }

    @Test("a part that is cut or changed anywhere is read as far as it goes, or malformed")
    func damaged() {
        let part = Self.part([Self.storage(1, "text", kind: 0)])
        for count in part.indices { _ = try? read([("Index/Document.iwa", Array(part.prefix(count)))]) }
        for place in part.indices {
            for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
                var bytes = part
                bytes[place] = value
                _ = try? read([("Index/Document.iwa", bytes)])
            }
        }
        #expect(throws: ReadError.malformed("the document has no part that can be read")) { try read([("Index/Document.iwa", [1, 2, 3])]) }
        #expect(throws: ReadError.encrypted("the document is protected by a password")) { try read([("Index/Document.iwa", part), (".iwpv2", [1])]) }
    }
}
