// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@Suite("members of containers")
struct MemberReaderTests {
    private struct Reading {
        var blocks: [String] = []
        var media: [String] = []
        var codes: [String] = []
        var outcomes: [MemberOutcome] = []
    }

    private func read(_ members: [(String, [UInt8])], limits: ReadLimits = ReadLimits(), place: MemberPlace = .headed(level: 2)) throws -> Reading {
        let reader = MemberReader(limits: limits)
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        var reading = Reading()
        for (name, bytes) in members {
            try bytes.withUnsafeBytes {
                reading.outcomes.append(try reader.read(Member(name: name, bytes: $0), place, into: builder, diagnostics: &diagnostics))
            }
        }
        reading.blocks = builder.document.blocks.map(Outline.block)
        reading.media = builder.document.media.map(\.id.name)
        reading.codes = diagnostics.items.map { "\($0.code) \($0.location ?? "-")" }
        return reading
    }

    @Test("a member stands below a heading with its name, its own headings lower")
    func headings() throws {
        let reading = try read([("a/b.html", Array("<h1>x</h1><h6>y</h6><p>z</p>".utf8))])
        #expect(reading.blocks == ["h2(a/b.html)", "h3(x)", "h8(y)", "p(z)"])
        #expect(reading.outcomes == [.read])
        #expect(try read([("b.html", Array("<h1>x</h1>".utf8))], place: .within(level: 1)).blocks == ["h2(x)"])
    }

    @Test("pictures of two members never share a name")
    func pictures() throws {
        let page = Array("<img alt=dot src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>".utf8)
        let reading = try read([("a.html", page), ("b.html", page)])
        try #require(Set(reading.media).count == 2)
        for (name, block) in zip(reading.media, [reading.blocks[1], reading.blocks[3]]) { #expect(block == "p(img[\(name)](dot))") }
    }

    @Test("a member that is a picture is shown")
    func picture() throws {
        let reading = try read([("p/logo.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]), ("logo.PNG", [0xFF, 0xD8, 0xFF, 0])])
        #expect(reading.blocks == ["h2(p/logo.png)", "p(img[logo.png](p/logo.png))", "h2(logo.PNG)", "p(img[logo-2.PNG](logo.PNG))"])
    }

    @Test("what cannot be read is named, and the next member is read")
    func unreadable() throws {
        let reading = try read([("a.bin", [0, 1, 2, 3]), ("b.docx", Array("PK\u{3}\u{4}".utf8)), ("c.txt", Array("x".utf8)), ("d.txt", [])])
        #expect(reading.blocks == ["h2(c.txt)", "p(x)"])
        #expect(reading.codes == ["member-unreadable a.bin", "member-unreadable b.docx"])
        #expect(reading.outcomes.first == .left(.unsupported("content is binary data of no known kind")))
        #expect(reading.outcomes.last == .left(.malformed("it is empty")))
    }

    @Test("members, depth and bytes have limits")
    func limits() throws {
        let text = Array("twelve bytes".utf8)
        var limits = ReadLimits()
        limits.members = 1
        #expect(try read([("a.txt", text), ("b.txt", text)], limits: limits).codes == ["members-too-many b.txt"])
        limits = ReadLimits()
        limits.depth = 0
        #expect(try read([("a.txt", text)], limits: limits).codes == ["members-too-deep a.txt"])
        limits = ReadLimits()
        limits.unpackedBytes = 20
        #expect(try read([("a.txt", text), ("b.txt", text)], limits: limits).codes == ["members-too-large b.txt"])
    }

    @Test("losses name the member they are from, and are counted by member")
    func losses() throws {
        let page = Array("<iframe src=x></iframe><iframe src=x></iframe>b".utf8)
        #expect(try read([("a.html", page), ("b.html", page)]).codes == ["html-embedded-dropped a.html", "html-embedded-dropped b.html"])
    }

    @Test("where a member's blocks stand is said of them, and not of the heading that is sent before them")
    func places() throws {
        let builder = DocumentBuilder()
        let sink = MemberSink(builder, .headed(level: 2), heading: [.text("a.pdf")], names: MediaNames())
        let page = SourcePosition(page: 1, left: 0, top: 0, right: 600, bottom: 800), place = SourcePosition(page: 1, left: 1, top: 2, right: 3, bottom: 4)
        sink.locate([page])
        try sink.append(.pageBreak(page: 1))
        sink.locate([place])
        try sink.append(.paragraph([.text("one")]))
        try sink.append(.rule)
        #expect(builder.document.blocks.map(Outline.block) == ["page", "h2(a.pdf)", "p(one)", "hr"])
        #expect(builder.positions == [0: [page], 2: [place]])
    }
}
