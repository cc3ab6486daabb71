// SPDX-License-Identifier: Apache-2.0
import Glibc
import MIME
import Testing

/// Python's own reader of mail reads what it has written, and we read the same.
@Suite("messages that Python's email package has written")
struct OracleTests {
    private static let count = 120

    @Test("come apart into the same header fields, parts, names and bytes")
    func agree() throws {
        guard let lines = try Self.generated() else { return print("skipped: there is no python3 to write messages with") }
        var messages = 0
        var message: [UInt8] = []
        var parts: [Part] = []
        for line in lines {
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            switch words[0] {
            case "message":
                message = Self.bytes(words[1])
                messages += 1
                parts = message.withUnsafeBytes { Self.leaves(MIMEParser.parse($0)) }
                #expect(parts.count == Int(words[2]), "message \(messages)")
            case "field":
                let name = words[1], expected = String(decoding: Self.bytes(words[2]), as: UTF8.self)
                let found = message.withUnsafeBytes { MIMEParser.parse($0).headers.text(name) } ?? ""
                #expect(found == expected, "\(name) of message \(messages)")
            case "part":
                guard let place = Int(words[1]), parts.indices.contains(place) else { continue }
                #expect(parts[place].mediaType == words[2], "part \(place) of message \(messages)")
                #expect(parts[place].name == String(decoding: Self.bytes(words[3]), as: UTF8.self), "part \(place) of message \(messages)")
                #expect(parts[place].bytes == Self.bytes(words[4]), "part \(place) of message \(messages)")
            default: break
            }
        }
        #expect(messages == Self.count)
    }

    private struct Part {
        let mediaType: String
        let name: String
        let bytes: [UInt8]
    }

    /// The parts that hold something, in their order; a message within is one of them.
    private static func leaves(_ part: MIMEPart) -> [Part] {
        if part.mediaType.hasPrefix("multipart/") { return part.parts.flatMap(leaves) }
        return [Part(mediaType: part.mediaType, name: part.fileName ?? "", bytes: part.decoded().bytes)]
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// Lines of the script; nil without Python.
    private static func generated() throws -> [String]? {
        guard system("python3 -c 'import email.policy' >/dev/null 2>&1") == 0 else { return nil }
        var path = Array("/tmp/intray-oracle-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        try #require(descriptor >= 0)
        let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(name) }
        let text = Array(script.utf8)
        try #require(write(descriptor, text, text.count) == text.count)
        close(descriptor)
        let pipe = try #require(popen("python3 \(name) \(count)", "r"))
        var output: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let read = fread(&room, 1, room.count, pipe)
            guard read > 0 else { break }
            output += room.prefix(read)
        }
        try #require(pclose(pipe) == 0, "the script failed")
        return output.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    private static let script = #"""
        import random, sys
        from email.message import EmailMessage
        from email import policy, message_from_bytes
        random.seed(20260302)
        words = ["meeting", "Grüße", "naïve", "日本語", "Привет", "“quoted”", "a=b", "x;y", "tab", "€ 5", "straße", "long" * 12, "=?odd?=", "100%"]
        def text(n): return " ".join(random.choice(words) for _ in range(random.randint(1, n)))
        def body(): return "\n".join(text(14) if random.random() < 0.8 else "" for _ in range(random.randint(1, 8))) + "\n"
        charsets = ["utf-8", "iso-8859-1", "koi8-r", "iso-2022-jp", "shift_jis", "gb2312", "windows-1252"]
        def add_body(m):
            t = body()
            usable = [c for c in charsets if all_fits(t, c)]
            m.set_content(t, charset=random.choice(usable), cte=random.choice(["quoted-printable", "base64"]))
        def all_fits(t, c):
            try: t.encode(c); return True
            except UnicodeError: return False
        def make(depth):
            m = EmailMessage(policy=random.choice([policy.SMTP, policy.default, policy.SMTP.clone(max_line_length=50)]))
            m["Subject"] = text(10)
            m["From"] = "Jörg Müller <joerg@example.org>"
            m["To"] = ", ".join("%s <p%d@example.org>" % (random.choice(["Ann", "Ünal", '"Lee, Bo"']), i) for i in range(random.randint(1, 6)))
            add_body(m)
            if random.random() < 0.5: m.add_alternative("<p>" + body() + "</p>", subtype="html")
            for _ in range(random.randint(0, 3)):
                data = bytes(random.randrange(256) for _ in range(random.randint(0, 400)))
                name = random.choice(["plain.bin", "Grüße aus Köln.bin", "日本語" * random.randint(1, 12) + ".bin", 'a "b";c.bin', "x" * 90 + ".bin"])
                m.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
            if depth and random.random() < 0.2: m.add_attachment(make(depth - 1))
            return m
        def leaves(m):
            if m.get_content_maintype() == "multipart":
                for p in m.get_payload(): yield from leaves(p)
            else: yield m
        for _ in range(int(sys.argv[1])):
            m = make(2)
            raw = m.as_bytes()
            read = message_from_bytes(raw, policy=policy.default)
            parts = list(leaves(read))
            print("message", raw.hex(), len(parts))
            print("field", "subject", " ".join(str(read["subject"]).split()).encode().hex())
            for place, p in enumerate(parts):
                if p.get_content_type() == "message/rfc822": continue
                print("part", place, p.get_content_type(), (p.get_filename() or "").encode().hex(), (p.get_payload(decode=True) or b"").hex())
        """#
}
