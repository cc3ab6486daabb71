// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("MHTML")
struct MHTMLTests {
    private static let archive = """
        From: <Saved by a browser>\r
        Snapshot-Content-Location: https://x.example/p/\r
        MIME-Version: 1.0\r
        Content-Type: multipart/related;\r
        \ttype="text/html"; start="<main@x>";\r
        \tboundary="--=_B"\r
        \r
        preamble\r
        ----=_B\r
        Content-Type: text/html; charset=windows-1252\r
        Content-ID: <frame@x>\r
        \r
        <p>frame</p>\r
        ----=_B\r
        Content-Type: text/html; charset="windows-1252"\r
        Content-ID: <main@x>\r
        Content-Transfer-Encoding: quoted-printable\r
        Content-Location: https://x.example/p/\r
        \r
        <title>T</title><p>caf=E9 soft=\r
         line 1=3D1</p><img src=3D"pic/a.png"><img src=3D"cid:b@x" alt=3DB><a href=3D"q">l</a>\r
        ----=_B\r
        Content-Type: image/png\r
        Content-Transfer-Encoding: base64\r
        Content-Location: https://x.example/p/pic/a.png\r
        \r
        AQ\r
        I=\r
        ----=_B\r
        Content-Type: image/gif\r
        Content-Transfer-Encoding: base64\r
        Content-ID: <b@x>\r
        \r
        Aw==\r
        ----=_B--\r
        epilogue
        """

    @Test("the page is read with its pictures, addresses start from where it was saved")
    func page() throws {
        let read = try Outline.read(Array(Self.archive.utf8), MHTMLReader())
        #expect(read.document.blocks.map(Outline.block) == ["p(café soft line 1=1)", "p(img[a.png]()img[image1.gif](B)a[https://x.example/p/q](l))"])
        #expect(read.document.media.map(\.bytes) == [[1, 2], [3]])
        #expect(read.document.metadata.fields.map { "\($0.name)=\($0.value)" } == ["title=T", "address=https://x.example/p/"])
        #expect(read.diagnostics.items.map(\.code) == ["mhtml-frames-dropped"])
    }

    @Test("an archive cut anywhere is read as far as it goes")
    func cut() throws {
        let whole = Array(Self.archive.utf8)
        for length in 0..<whole.count { _ = try? Outline.read(Array(whole.prefix(length)), MHTMLReader()) }
        let half = try Outline.read(Array(whole.prefix(whole.count / 2 + 300)), MHTMLReader())
        #expect(half.diagnostics.items.map(\.code).contains("mhtml-cut"))
    }

    @Test("a page alone, and parts within parts")
    func shapes() throws {
        #expect(try Outline.read(Array("Content-Type: text/html\n\n<p>a".utf8), MHTMLReader()).document.blocks.map(Outline.block) == ["p(a)"])
        let nested = "Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: text/html\n\n<p>y\n--b--\n--a--\n"
        #expect(try Outline.read(Array(nested.utf8), MHTMLReader()).document.blocks.map(Outline.block) == ["p(y)"])
        #expect(throws: ReadError.malformed("the archive holds no page")) { try Outline.read(Array("Content-Type: image/png\n\nx".utf8), MHTMLReader()) }
    }
}
