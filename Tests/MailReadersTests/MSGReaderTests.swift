// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
@testable import MailReaders
import Testing

@Suite("Outlook messages")
struct MSGReaderTests {
    private func message(_ edit: (inout MSGMaker) -> Void) throws -> Mails.Result {
        var maker = MSGMaker()
        maker.add(0x1A, "IPM.Note")
        maker.add(0x37, "Subject")
        edit(&maker)
        return try Mails.read(maker.bytes(), MSGReader())
    }

    @Test("subject, people and date come from the properties")
    func facts() throws {
        let result = try message {
            $0.add(0x42, "Jörg <j@x.org>")
            $0.add(0x5D02, "j@x.org")
            $0.addRecipient(0, kind: 1, name: "'a@b'", address: "a@b")
            $0.addRecipient(1, kind: 2, name: "C", address: "c@d")
            $0.add(0x39, 0x40, number: 132_223_104_000_000_000)
            $0.add(0x1000, "Hello\r\n\r\nyou")
        }
        #expect(result.blocks == [
            "h1(Subject)", "h2(Email Message)",
            "p(strong(From:) Jörg (j@x.org)⏎strong(To:) a@b⏎strong(Cc:) C (c@d)⏎strong(Date:) 2020-01-01 00:00:00 UTC⏎strong(Subject:) Subject)",
            "h2(Content)", "p(Hello)", "p(you)",
        ])
        #expect(result.metadata["date"] == "2020-01-01T00:00:00Z")
    }

    @Test("people known to Exchange only are shown as the message named them on its way")
    func onItsWay() throws {
        let result = try message {
            $0.addRecipient(0, kind: 1, name: "Room 1", address: "/o=X/cn=Room")
            $0.addRecipient(1, kind: 2, name: "C", address: "c@d")
            $0.add(0x7D, "To: Ann Roe <ann@x.org>\r\nCc: Other <o@x.org>\r\n\r\n")
        }
        #expect(result.blocks.contains { $0.contains("strong(To:) Ann Roe (ann@x.org)") && $0.contains("strong(Cc:) C (c@d)") })
    }

    @Test("a message on behalf of somebody names both")
    func behalf() throws {
        let result = try message {
            $0.add(0xC1F, "s@x")
            $0.add(0x42, "Boss")
            $0.add(0x5D02, "b@x")
        }
        #expect(result.metadata["from"] == "s@x on behalf of Boss (b@x)")
    }

    @Test("the richest body is taken", arguments: [
        (0x1013, Array("<p>caf\u{E9}</p>".unicodeScalars.map { UInt8($0.value) }), "p(café)"),
        (0x1009, MSGReaderTests.stored("{\\rtf1\\ansi\\fromhtml1 \\htmlrtf x\\htmlrtf0 {\\*\\htmltag64 <p>}caf\\'e9{\\*\\htmltag <b>}\\u8364?{\\*\\mhtmltag <i>}}"), "p(caféstrong(€))"),
        (0x1009, MSGReaderTests.stored("{\\rtf1\\ansi\\fromtext x}"), "p(plain)"),
    ])
    func bodies(_ id: Int, _ bytes: [UInt8], _ expected: String) throws {
        let result = try message {
            $0.add(0x1000, "plain")
            $0.add(id, 0x102, bytes)
            $0.add(0x3FDE, 3, number: 1_252)
        }
        #expect(result.blocks.last == expected)
    }

    /// RTF in Outlook's wrapping, not packed.
    private static func stored(_ rtf: String) -> [UInt8] {
        let bytes = Array(rtf.utf8)
        func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }
        return little(bytes.count + 12) + little(bytes.count) + little(0x414C_454D) + little(0) + bytes
    }

    @Test("packed RTF is unpacked, from the standard's own example")
    func packed() throws {
        // [MS-OXRTFCP] 4.1.1: {\rtf1\ansi\ansicpg1252\pard hello world}
        let bytes: [UInt8] = [
            0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32,
            0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
        ]
        #expect(CompressedRTF.unpacked(bytes).map { String(decoding: $0, as: UTF8.self) } == "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")
    }

    @Test("attachments are files or messages; pictures of the body are shown in it")
    func attachments() throws {
        let result = try message {
            $0.add(0x1013, 0x102, Array("<img src='cid:p1' alt=x>".utf8))
            let picture = "__attach_version1.0_#00000000/", file = "__attach_version1.0_#00000001/", inner = "__attach_version1.0_#00000002/"
            $0.add(0x3707, "p.png", in: picture)
            $0.add(0x3712, "p1", in: picture)
            $0.add(0x3701, 0x102, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], in: picture)
            $0.add(0x3707, "a.csv", in: file)
            $0.add(0x3701, 0x102, Array("a,b\n1,2\n".utf8), in: file)
            $0.add(0x3001, "inner", in: inner)
            $0.add(0x37, "Inner", in: inner + "__substg1.0_3701000D/")
            $0.add(0x1000, "deep", in: inner + "__substg1.0_3701000D/")
            $0.add(0x17, 3, number: 1, in: inner + "__substg1.0_3701000D/")
        }
        #expect(Array(result.blocks[4...]) == ["p(img[image1.png](x))", "h2(a.csv)", "table(head: a | b / 1 | 2)", "h2(Inner)", "p(deep)"])
        #expect(result.blocks[2] == "p(strong(Subject:) Subject⏎strong(Attachments:) a.csv (8 bytes); inner)")
    }

    @Test("a picture of the body that ends early is shown, and told")
    func cutPicture() throws {
        var maker = MSGMaker()
        maker.add(0x1A, "IPM.Note")
        maker.add(0x1013, 0x102, Array("<p>text <img src='cid:p1' alt=x>".utf8))
        let picture = "__attach_version1.0_#00000000/"
        maker.add(0x3712, "p1", in: picture)
        maker.add(0x3701, 0x102, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 5_000), in: picture)
        let sound = maker.bytes()
        // [MS-CFB] 2.6.1: the stream's size is 120 bytes behind its name.
        let name = "__substg1.0_37010102".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let entry = try #require(sound.indices.first { sound[$0...].starts(with: name) })
        var bytes = sound
        bytes.replaceSubrange((entry + 120)..<(entry + 124), with: [0, 0, 1, 0])
        let result = try Mails.read(bytes, MSGReader())
        #expect(result.blocks.joined().contains("text"))
        #expect(result.diagnostics.contains { $0.hasPrefix("msg-stream-cut") })
    }

    @Test("a message of nothing but an encrypted part is encrypted")
    func encrypted() throws {
        #expect(throws: ReadError.encrypted("the message is encrypted")) {
            try message {
                $0.add(0x1000, "This message is encrypted.")
                $0.add(0x370E, "application/pgp-encrypted", in: "__attach_version1.0_#00000000/")
                $0.add(0x3701, 0x102, [1], in: "__attach_version1.0_#00000000/")
            }
        }
    }

    @Test("any cut ends in a document or a named error")
    func cuts() {
        var maker = MSGMaker()
        maker.add(0x37, "Subject")
        maker.add(0x1013, 0x102, [UInt8](repeating: 0x41, count: 5_000))
        let bytes = maker.bytes()
        for end in stride(from: 0, to: bytes.count, by: 97) {
            do { _ = try Mails.read(Array(bytes[..<end]), MSGReader()) } catch { #expect(error is ReadError) }
        }
    }
}
