// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MailReaders
import Testing

@Suite("messages")
struct EMLReaderTests {
    private func body(_ headers: String, _ text: String) throws -> [String] {
        let result = try Mails.read("Subject: S\nFrom: a@b\n\(headers)\n\n\(text)", EMLReader())
        return result.blocks.suffix(from: (result.blocks.firstIndex(of: "h2(Content)") ?? result.blocks.count - 1) + 1).map { $0 }
    }

    @Test("subject, facts and content each have their heading")
    func layout() throws {
        let result = try Mails.read("From: \"Doe, J.\" <j@x.org>\nTo: a@b, =?utf-8?Q?J=C3=B6rg?= <c@d>\nDate: Fri, 23 Dec 2022 12:08:48 -0600\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\nHello\n", EMLReader())
        #expect(result.blocks == [
            "h1(Grüße)", "h2(Email Message)",
            "p(strong(From:) Doe, J. (j@x.org)⏎strong(To:) a@b, Jörg (c@d)⏎strong(Date:) Fri, 23 Dec 2022 12:08:48 -0600⏎strong(Subject:) Grüße)",
            "h2(Content)", "p(Hello)",
        ])
        #expect(result.metadata["title"] == "Grüße")
        #expect(result.metadata["date"] == "2022-12-23T12:08:48-06:00")
        #expect(result.diagnostics == [])
    }

    @Test("text bodies keep quotations, lists and signatures apart", arguments: [
        ("", "Hi,\nyou\n\nthere", ["p(Hi,⏎you)", "p(there)"]),
        ("", "On Monday:\n> one\n> > two\n> three\nYes", ["p(On Monday:)", "quote(p(one) quote(two) p(three))", "p(Yes)"]),
        ("", "x\n-- \nMe\n+49", ["p(x)", "hr", "p(Me⏎+49)"]),
        ("", "Things:\n- a\n- b\n  more\n\n1. x\n2. y", ["p(Things:)", "ul(li(a) li(b⏎more))", "ol(li(x) li(y))"]),
        ("", "a - b\n- c d", ["p(a - b⏎- c d)"]),
        ("", "see <https://a.b/c> now", ["p(see a[https://a.b/c](https://a.b/c) now)"]),
        ("Content-Type: text/plain; format=flowed", "one \ntwo\n> q \n> r", ["p(one two)", "quote(q r)"]),
        ("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable", "J=F6rg", ["p(Jörg)"]),
        ("Content-Type: text/enriched", "<bold>a</bold>\nb\n\nc << d", ["p(a b⏎c < d)"]),
        ("Content-Type: text/html", "<h1>a</h1><p>b<blockquote>c", ["h3(a)", "p(b)", "quote(c)"]),
    ])
    func bodies(_ headers: String, _ text: String, _ expected: [String]) throws { #expect(try body(headers, text) == expected) }

    @Test("of alternatives the richest that has something to show is taken", arguments: [
        ("<p>rich</p>", ["p(rich)"]), ("<style>x</style>", ["p(plain)"]),
    ])
    func alternatives(_ html: String, _ expected: [String]) throws {
        #expect(try body(
            "Content-Type: multipart/alternative; boundary=B",
            "--B\nContent-Type: text/plain\n\nplain\n--B\nContent-Type: text/html\n\n\(html)\n--B--") == expected)
    }

    @Test("pictures of the body are shown in it, others behind it")
    func pictures() throws {
        let picture = "Content-Transfer-Encoding: base64\n\niVBORw0KGgoAAAAA\n"
        let result = try Mails.read("""
            From: a@b
            Content-Type: multipart/related; boundary=B

            --B
            Content-Type: text/html

            <p>see <img src="cid:x%40y" alt=one> and <img src="cid:gone" alt=two></p>
            --B
            Content-Type: image/png; name=logo.png
            Content-ID: <x@y>
            \(picture)--B
            Content-Type: image/png; name=other.png
            \(picture)--B--
            """, EMLReader())
        #expect(result.blocks.suffix(3) == ["p(see img[image1.png](one) and img[](two))", "h2(other.png)", "p(img[other.png](other.png))"])
        #expect(result.media == ["image1.png", "other.png"])
        #expect(result.diagnostics == ["mail-picture-missing -"])
        #expect(result.blocks[1].contains("strong(Attachments:) other.png (image/png, 12 bytes)"))
    }

    @Test("attachments are read as documents of their own, under headings below the message's")
    func attachments() throws {
        let result = try Mails.read("""
            From: a@b
            Subject: S
            Content-Type: multipart/mixed; boundary=B

            --B

            text
            --B
            Content-Type: text/csv
            Content-Disposition: attachment; filename*=utf-8''%C3%BC.csv

            a,b
            1,2
            --B
            Content-Type: application/octet-stream; name="x.bin"
            Content-Transfer-Encoding: base64

            AAECAw==
            --B--
            """, EMLReader())
        #expect(Array(result.blocks[4...]) == ["p(text)", "h2(ü.csv)", "table(head: a | b / 1 | 2)", "h2(Attachments not converted)", "ul(li(code(x.bin) (4 bytes): content is binary data of no known kind))"])
        #expect(result.diagnostics == ["member-unreadable x.bin"])
    }

    @Test("messages within a message stand under their subjects, as deep as is allowed")
    func nested() throws {
        var message = "Subject: inmost\n\nend"
        for level in 1...7 { message = "Subject: s\(level)\nContent-Type: message/rfc822\n\n\(message)" }
        let result = try Mails.read("From: a@b\n" + message, EMLReader())
        #expect(result.blocks.contains("h2(s6)"))
        #expect(result.blocks.contains("h5(s3)"))
        #expect(!result.blocks.contains("p(end)"))
        #expect(result.diagnostics == ["members-too-deep -"])
    }

    @Test("an encrypted message is encrypted, an encrypted part is named", arguments: [
        "Content-Type: multipart/encrypted; boundary=B\n\n--B\n\nx\n--B--",
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx",
        "\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----",
    ])
    func encrypted(_ message: String) throws {
        #expect(throws: ReadError.encrypted("the message is encrypted")) { try Mails.read("From: a@b\n\(message)", EMLReader()) }
        let nested = "From: a@b\nContent-Type: multipart/mixed; boundary=C\n\n--C\n\nhi\n--C\n\(message)\n--C--"
        let result = try Mails.read(nested, EMLReader())
        #expect(result.blocks.contains("p(hi)"))
        #expect(result.diagnostics.contains("mail-part-encrypted -"))
    }

    @Test("what is signed is read, without the signature", arguments: [
        "Content-Type: multipart/signed; boundary=B\n\n--B\n\nhi\n--B\nContent-Type: application/pgp-signature\n\nxx\n--B--",
        "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nhi\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----",
        // ContentInfo of signed data, in indefinite lengths, around a text part.
        "Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHAqCAMIACAQExADCABgkqhkiG9w0BBwGggCSABAUKaGkKCgAAAAAAAAAAAAAAAA==",
    ])
    func signed(_ message: String) throws {
        let result = try Mails.read("From: a@b\n\(message)", EMLReader())
        #expect(result.blocks.last == "p(hi)")
        #expect(result.diagnostics == ["mail-signature-unchecked -"])
    }

    @Test("delivery reports show their fields")
    func report() throws {
        let result = try Mails.read("""
            From: a@b
            Content-Type: multipart/report; boundary=B

            --B

            It failed.
            --B
            Content-Type: message/delivery-status

            Reporting-MTA: dns; x

            Final-Recipient: rfc822; c@d
            Status: 5.1.1
            --B
            Content-Type: message/rfc822

            Subject: lost

            gone
            --B--
            """, EMLReader())
        #expect(Array(result.blocks[3...]) == [
            "p(It failed.)", "p(strong(Reporting-Mta:) dns; x)", "p(strong(Final-Recipient:) rfc822; c@d⏎strong(Status:) 5.1.1)", "h2(lost)", "p(gone)",
        ])
    }

    @Test("files in the text are attachments")
    func uuencoded() throws {
        let result = try Mails.read("From: a@b\n\nbefore\n\nbegin 644 a.txt\n%:&5L;&\\`\n`\nend\n\nafter", EMLReader())
        #expect(Array(result.blocks[3...]) == ["p(before)", "p(after)", "h2(a.txt)", "p(hello)"])
    }

    @Test("a message saved as UTF-16 is read")
    func wide() throws {
        let bytes: [UInt8] = [0xFF, 0xFE] + "Subject: S\nFrom: a@b\n\nHällo".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(try Mails.read(bytes, EMLReader()).blocks.last == "p(Hällo)")
    }

    @Test("addresses lose what is no name and no address", arguments: [
        ("a@b", "a@b"), ("\"A \\\"B\\\" C\" <a@b>", "A \"B\" C (a@b)"), ("a@b (Comment (nested))", "Comment (nested) (a@b)"),
        ("Team: a@b, C <c@d>; e@f", "Team:, a@b, C (c@d), e@f"), ("<a@b>", "a@b"), ("undisclosed-recipients:;", "undisclosed-recipients:"),
        ("<@r1,@r2:a@b>", "a@b"), ("a@b <a@b>", "a@b"), ("Nobody", "Nobody"),
    ])
    func addresses(_ field: String, _ expected: String) throws {
        let result = try Mails.read("To: \(field)\nSubject: S\n\nx", EMLReader())
        #expect(result.metadata["to"] == expected)
    }
}

@Suite("mailboxes")
struct MBOXReaderTests {
    @Test("each message stands under its subject; lines that begin with From are no messages")
    func messages() throws {
        let box = "From a Mon Jan 1 00:00:00 2020\nSubject: one\nFrom: a@b\n\nFrom here on\n\nFrom nobody\nno header\n>From quoted\n>>From twice\n\nFrom b Mon Jan 1 00:00:00 2020\nSubject: two\n\nend\n"
        let result = try Mails.read(box, MBOXReader())
        #expect(result.blocks == ["h1(one)", "p(strong(From:) a@b)", "p(From here on)", "p(From nobody⏎no header⏎From quoted)", "quote(From twice)", "h1(two)", "p(end)"])
    }

    @Test("a mailbox of more messages than allowed ends with what was left")
    func limit() throws {
        var limits = ReadLimits()
        limits.pages = 1
        let result = try Mails.read("From a 0:0\nSubject: one\n\n1\n\nFrom b 0:0\nSubject: two\n\n2\n", MBOXReader(), limits: limits)
        #expect(result.blocks == ["h1(one)", "p(1)"])
        #expect(result.diagnostics == ["mbox-messages-left -"])
    }

    @Test("a message of Apple Mail has its length before it and a property list behind it", arguments: [("31      \n", 31), ("31\n", 31), ("99999\n", 99_999)])
    func appleMail(_ length: String, _ count: Int) throws {
        let message = "Subject: S\nFrom: a@b\n\nHello you"
        #expect(message.utf8.count == 31)
        let list = "\n<?xml version=\"1.0\"?>\n<plist><dict/></plist>"
        let blocks = try Mails.read(length + message + (count == 31 ? list : ""), EMLReader()).blocks
        #expect(blocks.first == "h1(S)")
        #expect(blocks.last == "p(Hello you)")
    }
}
