// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import ReaderTestSupport
import Testing

@Suite("format detection")
struct DetectionTests {
    static func kind(_ bytes: [UInt8], _ name: String = "") throws(ReadError) -> String {
        var found = Result<String, ReadError>.failure(.unsupported(""))
        bytes.withUnsafeBytes { raw in
            found = Result { () throws(ReadError) in try Detection.format(of: Source(raw, nameExtension: name)).name }
        }
        return try found.get()
    }

    @Test("text is told by its beginning, then by its name, then by its lines", arguments: [
        ("<!DOCTYPE html><p>x", "", "html"), ("\n <HTML><p>x", "txt", "html"), ("<?xml version='1.0'?><a/>", "", "xml"),
        ("<?xml version='1.0'?><html xmlns='x'/>", "xml", "html"), ("<html><p>in Markdown", "md", "md"), ("{\"a\": 1}", "", "json"),
        ("[1, 2]", "", "json"), ("[Link](x) and text", "", "txt"), ("{not json}", "", "txt"), ("a;b\n1;2\n3;4\n", "", "csv"),
        ("a;b\n1;2\n3;4\n", "txt", "txt"), ("Dear Sir,\nhow are you,\nyours\n", "", "txt"), ("a,b", "csv", "csv"), ("", "txt", "txt"),
        ("[InternetShortcut]\r\nURL=https://a.b", "", "url"), ("<?xml version='1.0'?><plist/>", "webloc", "url"), ("bplist00\0", "webloc", "url"),
        ("[Desktop Entry]\nType=Link\nURL=https://a.b\n", "desktop", "url"), ("[Desktop Entry]\nType=Application\n", "desktop", "ini"),
        ("42\nFrom: a@b\nSubject: c\n\nd", "emlx", "eml"), ("BEGIN:VCALENDAR", "vcs", "ics"), ("BEGIN:VCARD", "ics", "vcf"), ("-----BEGIN PRIVATE KEY-----\n", "key", "txt"), ("BEGIN:VCALENDAR", "vcf", "ics"), ("FORM\0\0\0\u{4}AIFF", "", "aiff"), ("8BPS\0\u{1}", "", "psd"),
    ])
    func text(_ content: String, _ name: String, _ expected: String) throws {
        #expect(try Self.kind(Array(content.utf8), name) == expected)
    }

    @Test("articles, outlines and manual pages are told from other XML and other text", arguments: [
        ("<?xml version='1.0'?>\n<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2//EN\" 'x.dtd'>\n<article/>", "xml", "jats"),
        ("<!-- a -->\n<article article-type='research-article'><front/></article>", "", "jats"), ("<?xml version='1.0'?><article><title>x</title></article>", "xml", "xml"),
        ("<?xml version='1.0'?><article><title>x</title></article>", "docbook", "docbook"), ("<?xml version='1.0'?><d:book xmlns:d='http://docbook.org/ns/docbook'/>", "xml", "docbook"),
        ("<!DOCTYPE refentry PUBLIC \"-//OASIS//DTD DocBook XML V4.4//EN\" 'x'><refentry/>", "", "docbook"), ("<article><p>of a page</article>", "html", "html"),
        ("<opml version='2.0'/>", "", "opml"), ("<?xml version='1.0'?><opml version='2.0'/>", "xml", "opml"),
        (".\\\" comment\n.TH LS 1\n.SH NAME\n", "1", "man"), ("'\\\" t\n.TH LS 1\n", "", "man"), (".Dd June\n.Dt LS 1\n.Os\n.Sh NAME\n", "8", "man"), (".PP\ntext", "man", "man"),
        ("a log\n.TH x\n", "1", "txt"), ("2024-01-01 started\n", "2", "txt"), ("...\nand so on\n", "", "txt"),
    ])
    func vocabularies(_ content: String, _ name: String, _ expected: String) throws {
        #expect(try Self.kind(Array(content.utf8), name) == expected)
    }

    @Test("books of Palm's kind are told by the type in their header")
    func palm() throws {
        let head = [UInt8](repeating: 0, count: 60)
        #expect(try Self.kind(head + Array("BOOKMOBI".utf8) + head) == "mobi")
        #expect(try Self.kind(head + Array("TEXtREAd".utf8) + head, "prc") == "mobi")
    }

    @Test("text under a name that office programs open all the same is what it seems, under a package's name it is none", arguments: [
        ("Dear Sir,\n", "doc", "txt"), ("a\tb\n1\t2\n3\t4\n", "xls", "csv"), ("<html><p>x", "xls", "html"), ("{\"a\": 1}", "doc", "json"), ("PK no archive", "docx", "docx"),
        ("Dear Sir,\n", "rtf", "txt"), ("\n{\\rtf1 x}", "rtf", "rtf"), ("junk %PDF-1.4", "pdf", "pdf"), ("{\\rtf1 x}", "doc", "rtf"),
    ])
    func wrongName(_ content: String, _ name: String, _ expected: String) throws {
        #expect(try Self.kind(Array(content.utf8), name) == expected)
    }

    @Test("UTF-16 text is text")
    func wide() throws {
        #expect(try Self.kind([0xFF, 0xFE] + "Hello world".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) == "txt")
    }

    private static let sixteen = [UInt8](repeating: 0, count: 16)
    static let packedFiles: [(bytes: [UInt8], kind: String)] = [
        // An archive of LHA that begins with a directory.
        ([0x26, 0xC0, 0x2D, 0x6C, 0x68, 0x64, 0x2D, 0, 0, 0], "lha"),
        // The properties, a dictionary of 1 MiB, 13 bytes of text, the coder's first bytes.
        ([0x5D, 0, 0, 0x10, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0x24, 0x19, 0x49, 0x98], "lzma"),
        ([0x5E, 0, 0, 0x80, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0x33, 0x0C, 0x3C, 0x1B], "lzma"),
        ([0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7, 0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0], "zst"),
        ([0xC7, 0x71, 0, 0] + sixteen + [2, 0, 0, 0, 0, 0, 0x61, 0], "cpio"),
        ([0x71, 0xC7, 0, 0] + sixteen + [0, 2, 0, 0, 0, 0, 0x61, 0], "cpio"),
        ([0x4C, 0x5A, 0x49, 0x50, 0, 0x0C, 0], "lz"),
    ]

    @Test("packed files without a mark of their own are told by numbers that make sense", arguments: packedFiles)
    func packed(_ bytes: [UInt8], _ expected: String) throws {
        #expect(try Self.kind(bytes) == expected)
    }

    @Test("a message under the name of Outlook's is a message, other text under it is text")
    func textMessage() throws {
        #expect(try Self.kind(Array("From: a@b.org\nSubject: c\n\nd\n".utf8), "msg") == "eml")
        #expect(try Self.kind(Array("Content-Type: text/plain\n\nd\n".utf8), "msg") == "eml")
        #expect(try Self.kind(Array("Dear Sir,\n".utf8), "msg") == "txt")
    }

    @Test("zeros in what is named as text are a flaw of the text, elsewhere they are other data")
    func zeros() throws {
        let bytes = Array("one line of a log\n".utf8) + [0, 0, 0, 0] + Array("and another\n".utf8)
        #expect(try Self.kind(bytes, "log") == "log")
        #expect(try Self.kind(bytes, "html") == "html")
        #expect(throws: ReadError.unsupported("content is binary data of no known kind")) { try Self.kind(bytes) }
        #expect(throws: ReadError.unsupported("content is binary data of no known kind")) { try Self.kind(bytes + [UInt8](repeating: 0, count: 40), "log") }
    }

    @Test("random bytes with a package's name are malformed, without a name unsupported")
    func random() {
        var generator = SystemRandomNumberGenerator()
        let bytes = [0x00] + (0..<2_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        #expect(throws: ReadError.malformed("content is no ZIP package")) { try Self.kind(bytes, "docx") }
        #expect(throws: ReadError.malformed("an empty file is no ZIP package")) { try Self.kind([], "docx") }
        #expect(throws: ReadError.unsupported("content is binary data of no known kind")) { try Self.kind(bytes) }
    }

    @Test("a compound file that holds an encrypted package is encrypted, whatever its name")
    func encrypted() {
        let bytes = CompoundMaker.file([("EncryptedPackage", [1]), ("EncryptionInfo", [1])])
        #expect(throws: ReadError.encrypted("the document is protected by a password or by rights management")) { try Self.kind(bytes, "docx") }
    }

    @Test("a compound file is told by its root's streams, not by those of what it holds")
    func compound() {
        let bytes = CompoundMaker.file([("ObjectPool/WordDocument", [1]), ("VisioDocument", [1])])
        #expect(throws: ReadError.unsupported("content is Visio drawing, which no reader takes")) { try Self.kind(bytes, "doc") }
    }

    @Test("a package that is cut off is told by a sheet or a slide, else by its name", arguments: [
        ("xl/worksheets/sheet1.xml", "", "xlsx"), ("xl/worksheets/sheet1.bin", "zip", "xlsb"), ("ppt/slides/slide3.xml", "", "pptx"), ("docProps/app.xml", "xlsx", "xlsx"),
        ("docProps/app.xml", "docm", "docx"), ("Pictures/1.png", "odp", "odp"), ("docProps/app.xml", "zip", "zip"), ("docProps/app.xml", "", "zip"),
    ])
    func cutPackage(_ part: String, _ name: String, _ kind: String) throws {
        #expect(try Self.kind(Self.stored(part, [1, 2, 3]), name) == kind)
    }

    @Test("of a package that is cut off behind a package within it, the one outside is told")
    func cutPackageWithin() throws {
        let end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0]
        let entry = [0x50, 0x4B, 1, 2] + [UInt8](repeating: 0, count: 24) + [15, 0] + [UInt8](repeating: 0, count: 16) + Array("xl/workbook.xml".utf8)
        let local = Self.stored("xl/workbook.xml", [1])
        let inner = local + entry + end + [UInt8(entry.count), 0, 0, 0, UInt8(local.count), 0, 0, 0, 0, 0]
        #expect(try Self.kind(inner) == "xlsx")
        #expect(try Self.kind(Self.stored("word/document.xml", [1]) + Self.stored("word/embeddings/1.xlsx", inner), "") == "docx")
    }

    /// A member that is not packed, without a directory.
    private static func stored(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        let size = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8), 0, 0]
        return [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 14) + size + size + [UInt8(name.utf8.count), 0, 0, 0] + Array(name.utf8) + bytes
    }

    @Test("files of Word and Excel from before the compound file are told by their beginning", arguments: [
        ([0xDB, 0xA5, 0x2D, 0, 0, 0], "doc"), ([0x9B, 0xA5, 0x21, 0, 0, 0], "doc"), ([9, 0, 4, 0, 2, 0], "xls"), ([9, 2, 6, 0, 0, 3], "xls"), ([9, 4, 6, 0, 0, 4], "xls"),
        ([9, 8, 8, 0, 0, 5], "xls"),
    ] as [([UInt8], String)])
    func old(_ bytes: [UInt8], _ kind: String) throws { #expect(try Self.kind(bytes) == kind) }

    @Test("what no reader takes is named")
    func unsupported() {
        #expect(throws: ReadError.unsupported("content is ps, which no reader takes")) { try Self.kind(Array("%!PS-Adobe-3.0\n".utf8), "txt") }
        #expect(throws: ReadError.unsupported("content is Windows Write, which no reader takes")) { try Self.kind([0x31, 0xBE, 0, 0, 0, 0], "doc") }
        #expect(throws: ReadError.unsupported("content is Lotus 1-2-3, which no reader takes")) { try Self.kind([0, 0, 2, 0, 6, 4, 6, 0], "xls") }
        #expect(throws: ReadError.unsupported("content is sqlite, which no reader takes")) { try Self.kind(Array("SQLite format 3\0".utf8), "txt") }
    }

    @Test("pictures, sound, calendars and the like are told by how they begin", arguments: [
        ("RIFF\0\0\0\0WAVE", "", "wav"), ("RIFF\0\0\0\0WEBP", "jpg", "webp"), ("\0\0\0\u{18}ftypM4A ", "", "m4a"), ("\0\0\0\u{18}ftypavif", "", "heic"),
        ("BM is no bitmap but a text", "", "txt"), ("BEGIN:VCALENDAR\n", "txt", "ics"), ("BEGIN:VCARD\n", "", "vcf"), ("#!/bin/sh\n", "", "source"),
        ("<svg xmlns='x'/>", "", "svg"), ("<?xml version='1.0'?>\n<svg/>", "xml", "svg"), ("1\n00:00:01,000 --> 00:00:02,000\nHi", "", "srt"), ("<html>", "php", "source"),
        ("{\"cells\": [], \"nbformat\": 4}", "json", "ipynb"), ("\\documentclass{article}", "", "tex"), ("key: 1\n", "yml", "yaml"),
    ])
    func beginnings(_ text: String, _ name: String, _ kind: String) throws {
        #expect(try Self.kind(Array(text.utf8), name) == kind)
    }
}
