// SPDX-License-Identifier: Apache-2.0
import MIME
import Testing

@Suite("parts of messages")
struct MIMEPartTests {
    private static func outline(_ message: String) -> String {
        Array(message.utf8).withUnsafeBytes { show(MIMEParser.parse($0)) }
    }

    private static func show(_ part: MIMEPart) -> String {
        if part.parts.isEmpty { return "\(part.mediaType)[\(String(decoding: part.decoded().bytes, as: UTF8.self))]" }
        return "\(part.mediaType)(" + part.parts.map(show).joined(separator: " ") + ")" + (part.isCut ? "…" : "")
    }

    @Test("a message is taken apart at its boundaries", arguments: [
        ("\n\nx", "text/plain[\n\nx]"),
        ("A: b\n\nx", "text/plain[x]"),
        ("Content-Type: multipart/mixed; boundary=B\n\npreamble\n--B\n\none\n--B\nContent-Type: text/html\n\ntwo\n\n--B--\nepilogue", "multipart/mixed(text/plain[one] text/html[two\n])"),
        ("Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\none\r\n--B", "multipart/mixed(text/plain[one])…"),
        ("Content-Type: multipart/mixed; boundary=\"a b \"\n\n--a b\n\none\n--a b--", "multipart/mixed(text/plain[one])"),
        ("Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=BB\n\n--BB\n\none\n--B\n\ntwo\n--B--", "multipart/mixed(multipart/alternative(text/plain[one])… text/plain[two])"),
        ("Content-Type: multipart/mixed\n\n--xyz123\n\none\n--xyz123\n\ntwo\n--xyz123--", "multipart/mixed(text/plain[one] text/plain[two])"),
        ("Content-Type: multipart/mixed; boundary=B\n\nno boundary at all", "multipart/mixed[no boundary at all]"),
        ("Content-Type: multipart/digest; boundary=B\n\n--B\n\nA: b\n\nx\n--B--", "multipart/digest(message/rfc822[A: b\n\nx])"),
        ("Content-Type: text\n\nx", "text/plain[x]"),
    ])
    func parts(_ message: String, _ expected: String) { #expect(Self.outline(message) == expected) }

    @Test("encodings give the bytes that were meant", arguments: [
        ("quoted-printable", "a=3Db =\nc=C3=a9 =zz =", "a=b cé =zz "),
        ("quoted-printable", "soft =  \r\nbreak", "soft break"),
        ("BASE64", "aGVs\r\nbG8=", "hello"),
        ("base64", "aGVsbG8", "hello"),
        ("base64", "aGVs*bG8=d29ybGQ=", "helloworld"),
        ("x-uuencode", "begin 644 a.txt\n%:&5L;&\\`\n`\nend\n", "hello"),
        ("8bit", "as it is", "as it is"),
    ])
    func encodings(_ name: String, _ body: String, _ expected: String) {
        let message = "Content-Transfer-Encoding: \(name)\n\n\(body)"
        #expect(Self.outline(message) == "text/plain[\(expected)]")
    }

    @Test("flowed lines are joined, quotations are counted", arguments: [
        ("one \ntwo\nthree", true, false, ["0:one two", "0:three"]),
        ("one \ntwo", true, true, ["0:onetwo"]),
        ("> a \n> b\nc \n> d", true, false, ["1:a b", "0:c ", "1:d"]),
        ("-- \nname", true, false, ["0:-- ", "0:name"]),
        (" >a", true, false, ["0:>a"]),
        ("> > a\n>>b\n>", false, false, ["2:a", "2:b", "1:"]),
    ] as [(String, Bool, Bool, [String])])
    func flowed(_ text: String, _ isFlowed: Bool, _ dropsSpaces: Bool, _ expected: [String]) {
        let bytes = Array(text.utf8)
        let lines = bytes.withUnsafeBufferPointer { FlowedText.lines($0, isFlowed: isFlowed, dropsSpaces: dropsSpaces) }
        #expect(lines.map { "\($0.depth):\($0.text)" } == expected)
    }
}
