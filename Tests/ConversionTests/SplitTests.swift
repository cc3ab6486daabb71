// SPDX-License-Identifier: Apache-2.0
@testable import Conversion
import ConversionProtocol
import DocumentTree
import Testing

@Suite("a document that is split")
struct SplitTests {
    static func convert(
        _ bytes: [UInt8], _ name: String, _ split: SplitPolicy, _ formats: [OutputFormat] = [.markdown], frontMatter: Bool = false
    ) async throws -> CollectingReceiver {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array(name.utf8))
        request.options.split = split
        request.options.formats = formats
        request.options.frontMatter = frontMatter
        let receiver = CollectingReceiver()
        _ = try await InlineEngine().convert(request, input: .bytes(bytes), into: receiver)
        return receiver
    }

    /// A ustar archive (POSIX.1-1988).
    static func tar(_ members: [(name: String, text: String)]) -> [UInt8] {
        func octal(_ value: Int, _ width: Int) -> [UInt8] {
            let digits = String(value, radix: 8)
            return Array((String(repeating: "0", count: width - 1 - digits.count) + digits).utf8) + [0]
        }
        var out: [UInt8] = []
        for (name, text) in members {
            var header = Array(name.utf8) + [UInt8](repeating: 0, count: 100 - name.utf8.count)
            header += octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(text.utf8.count, 12) + octal(0, 12)
            header += Array("        0".utf8) + [UInt8](repeating: 0, count: 100) + Array("ustar\u{0}00".utf8)
            header += [UInt8](repeating: 0, count: 512 - header.count)
            let sum = header.reduce(0) { $0 + Int($1) }
            header.replaceSubrange(148..<156, with: octal(sum, 7) + [0x20])
            out += header + Array(text.utf8) + [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512)
        }
        return out + [UInt8](repeating: 0, count: 1_024)
    }

    private static let letters: [(name: String, text: String)] = [
        ("notes/a.md", "# First\n\none\n"), ("notes/A.MD", "two\n"), ("../up.txt", "three\n"), ("data.csv", "k,v\na,1\n"), ("bad.bin", "\u{0}\u{1}"),
    ]

    @Test("gives each member of an archive an output of its own, in the archive's folders, and lists them")
    func members() async throws {
        let result = try await Self.convert(Self.tar(Self.letters), "p q.tar", .members)
        #expect(result.partTexts(0) == [
            "notes/a.md": "# First\n\none\n", "notes/A-2.MD": "two\n", "up.txt": "three\n", "data.csv": "| k | v |\n| --- | --- |\n| a | 1 |\n",
        ])
        #expect(result.text(0) == """
            - [notes/a.md](p%20q.tar.parts/notes/a.md.md)
            - [notes/A.MD](p%20q.tar.parts/notes/A-2.MD.md)
            - [../up.txt](p%20q.tar.parts/up.txt.md)
            - [data.csv](p%20q.tar.parts/data.csv.md)

            # Not converted

            - `bad.bin` (2 bytes): content is binary data of no known kind

            """)
    }

    @Test("has its parts in every format, each with links to its own")
    func formats() async throws {
        let result = try await Self.convert(Self.tar([("a.md", "*x*\n")]), "t.tar", .all, [.html, .markdown, .chunks])
        #expect(result.text(0).contains("<a href=\"t.tar.parts/a.md.html\">a.md</a>"))
        #expect(result.partTexts(0)["a.md"]?.contains("<em>x</em>") == true)
        #expect(result.text(1).contains("t.tar.parts/a.md.md"))
        #expect(result.partTexts(1) == ["a.md": "*x*\n"])
        #expect(result.text(2) == "")
        #expect(result.partTexts(2)["a.md"]?.contains("\"source\": \"t.tar/a.md\"") == true)
    }

    @Test("stays whole where the option is for other parts, or for none", arguments: [SplitPolicy.none, .sheets])
    func whole(_ split: SplitPolicy) async throws {
        let result = try await Self.convert(Self.tar([("a.md", "one\n")]), "t.tar", split)
        #expect(result.parts.isEmpty)
        #expect(result.text(0) == "# a.md\n\none\n")
    }

    @Test("keeps a message's body and gives its attachments away; of a mailbox each message")
    func mail() async throws {
        let message = "Subject: Hi\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nBody\n--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=t.csv\n\na,b\n1,2\n--b--\n"
        let result = try await Self.convert(Array(message.utf8), "m.eml", .members)
        #expect(result.partTexts(0) == ["t.csv": "| a | b |\n| --- | --- |\n| 1 | 2 |\n"])
        #expect(result.text(0).contains("Body"))
        #expect(result.text(0).hasSuffix("- [t.csv](m.eml.parts/t.csv.md)\n"))
        let mailbox = "From a@b Thu Jan  1 00:00:00 2026\nSubject: One/1\n\nfirst\n\nFrom a@b Thu Jan  1 00:00:00 2026\nSubject: Two\n\nsecond\n"
        let box = try await Self.convert(Array(mailbox.utf8), "m.mbox", .members)
        #expect(box.partTexts(0) == ["0001 One-1": "# One/1\n\nfirst\n", "0002 Two": "# Two\n\nsecond\n"])
    }

    @Test("reads the members of an archive within as one part")
    func nested() async throws {
        let inner = Self.tar([("x.md", "# X\n")])
        let result = try await Self.convert(Self.tar([("in.tar", String(decoding: inner, as: UTF8.self))]), "t.tar", .all)
        #expect(result.partTexts(0) == ["in.tar": "# x.md\n\n## X\n"])
    }

    @Test("names its parts so that no two are the same on any file system")
    func names() {
        var names = PartNames([.markdown, .json])
        let claimed = ["a", "A", "a.md/b", "d/e", "D/E", "/", "..\\..\\w:in", ".hid"].map { names.claim(DocumentPart(.member, $0)) }
        #expect(claimed == ["a", "A-2", "a.md-2/b", "d/e", "D/E-2", "unnamed", "win", "hid"])
        #expect(names.claim(DocumentPart(.sheet, "Q1/Q2")) == "Q1Q2")
        let long = String(repeating: "n", count: 300)
        #expect(names.claim(DocumentPart(.sheet, long))?.utf8.count == 120)
    }
}
