// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ConversionProtocol

@Suite("parts of a reply")
struct PartFrameTests {
    private static var limits: FrameReader.Limits {
        var limits = FrameReader.Limits()
        limits.parts = 2
        return limits
    }

    private static func begin(_ reply: inout Reply, _ name: String) { reply.put(.partBegin, Frame.partBegin(name: name)) }
    private static func text(_ reply: inout Reply, _ text: String) { reply.put(.partText, Reply.number(0) + Array(text.utf8)) }

    @Test("come beside the document's own text", arguments: [1, 7, Int.max])
    func parts(_ size: Int) throws {
        var reply = Reply()
        Self.begin(&reply, "a/b.csv")
        Self.text(&reply, "o")
        reply.text(Array("main".utf8))
        Self.text(&reply, "ne")
        reply.put(.partEnd, [])
        Self.begin(&reply, "c")
        reply.put(.partEnd, [])
        reply.end()
        let heard = try Heard(reply.bytes, by: size, Self.limits)
        #expect(heard.parts.map { $0.trimmed } == ["a/b.csv: one", "c:"])
        #expect(heard.text == Array("main".utf8))
        #expect(heard.isComplete)
    }

    @Test("are refused with an unsafe name", arguments: ["", "/a", "a/", "a//b", "../a", "a/.b", "a\\b", "a\nb", String(repeating: "a/", count: 16) + "a"])
    func names(_ name: String) {
        var reply = Reply()
        Self.begin(&reply, name)
        #expect(throws: ConversionError.self) { try Heard(reply.bytes, Self.limits) }
    }

    @Test("are refused twice, within each other, beyond their number, unasked, unended, and cut within a character")
    func wrong() throws {
        let wrongs: [(inout Reply) -> Void] = [
            { Self.begin(&$0, "a"); $0.put(.partEnd, []); Self.begin(&$0, "a") },
            { Self.begin(&$0, "a"); Self.begin(&$0, "b") },
            { for name in ["a", "b", "c"] { Self.begin(&$0, name); $0.put(.partEnd, []) } },
            { Self.text(&$0, "x") },
            { $0.put(.partEnd, []) },
            { Self.begin(&$0, "a"); $0.end() },
            { Self.begin(&$0, "a"); $0.put(.partText, Reply.number(0) + [0xC3]); $0.put(.partEnd, []) },
            { Self.begin(&$0, "a"); $0.put(.partText, Reply.number(1) + [0x41]) },
        ]
        for wrong in wrongs {
            var reply = Reply()
            wrong(&reply)
            #expect(throws: ConversionError.self) { try Heard(reply.bytes, Self.limits) }
        }
        var unasked = Reply()
        Self.begin(&unasked, "a")
        #expect(throws: ConversionError.self) { try Heard(unasked.bytes) }
    }

    @Test("and passwords cross the wall in a request; neither a description nor a dump of it shows a password")
    func request() throws {
        var request = ConversionRequest(job: JobID(milliseconds: 1), name: [0x61])
        request.options.split = .sheets
        request.passwords = DocumentPasswords(lines: Array("swordfish\r\n\nñ x\nswordfish\n".utf8))
        #expect(request.passwords.candidates == ["swordfish", "ñ x"])
        let bytes = RequestMessage(request: request, inputSize: 0, isInline: true).encoded()
        let decoded = try #require(bytes.withUnsafeBytes { RequestMessage.decode($0)?.message.request })
        #expect(decoded == request)
        var shown = "\(request) \(String(reflecting: request))"
        dump(request, to: &shown)
        #expect(!shown.contains("swordfish"))
    }
}

extension String {
    fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
