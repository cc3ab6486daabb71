// SPDX-License-Identifier: Apache-2.0
import MIME
import Testing

@Suite("header fields")
struct MIMEHeaderTests {
    static func decoded(_ text: String, _ charset: String? = nil) -> String {
        Array(text.utf8).withUnsafeBytes { EncodedWords.decoded($0, charset: charset) }
    }

    @Test("encoded words become their text, whatever is wrong with them", arguments: [
        ("plain", "plain"),
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= an =?ISO-8859-1?q?J=F6rg?=", "Grüße an Jörg"),
        ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?ks_c_5601-1987?B?jGO55g==?= =?Shift_JIS?B?g2WDWINn?= =?windows-1255?Q?=E4?=", "똠방テストה"),
        ("=?UTF-8?B?w?=\r\n =?utf-8?B?7w=?=", "ü"),
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü"),
        ("=?utf-8?Q?a?= \r\n\t=?utf-8?Q?b?= c", "ab c"),
        ("=?utf-8?Q?a?= x =?utf-8?Q?b?=", "a x b"),
        ("=?utf-8*de?Q?a_b?=", "a b"),
        ("\"=?utf-8?Q?Caf=C3=A9?=\" <a@b>", "\"Café\" <a@b>"),
        ("=?utf-8?Q?with blank=21?=", "with blank!"),
        ("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?nonsense?Q?a?=", "a"),
        ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
        ("=?utf-8?Q?never ends", "=?utf-8?Q?never ends"),
        ("a\r\n b\tc", "a b c"),
    ])
    func encodedWords(_ text: String, _ expected: String) { #expect(Self.decoded(text) == expected) }

    @Test("bytes beyond ASCII are UTF-8, or in the charset of the body")
    func rawBytes() {
        #expect(Self.decoded("Grüße") == "Grüße")
        let latin: [UInt8] = [0x47, 0x72, 0xFC, 0xDF, 0x65]
        #expect(latin.withUnsafeBytes { EncodedWords.decoded($0, charset: "iso-8859-1") } == "Grüße")
    }

    @Test("parameters come decoded", arguments: [
        ("text/plain; charset=utf-8", "text/plain", "charset", "utf-8"),
        ("Text/HTML;charset=\"UTF-8\"; x=y", "text/html", "charset", "UTF-8"),
        ("text/plain (comment; x=1); charset=a", "text/plain", "charset", "a"),
        ("attachment; filename=\"a \\\"b\\\" c.txt\"", "attachment", "filename", "a \"b\" c.txt"),
        ("attachment; filename=annual report.pdf", "attachment", "filename", "annual report.pdf"),
        ("attachment; filename=a.pdf size=3", "attachment", "filename", "a.pdf"),
        ("attachment; filename*=utf-8'en'%e2%82%ac%20rates.txt", "attachment", "filename", "€ rates.txt"),
        ("attachment; filename=plain.txt; filename*=utf-8''%e2%82%ac.txt", "attachment", "filename", "€.txt"),
        ("attachment; filename*0*=utf-8''%e2%82; filename*1*=%ac%20; filename*2=\"rates.txt\"", "attachment", "filename", "€ rates.txt"),
        ("attachment; filename*1=b; filename*0=a", "attachment", "filename", "ab"),
        ("attachment; filename=\"=?utf-8?Q?=E2=82=AC.txt?=\"", "attachment", "filename", "€.txt"),
        ("attachment; filename=\"C:\\temp\\a.txt\"", "attachment", "filename", "C:\\temp\\a.txt"),
        ("multipart/mixed; boundary=\"never closed", "multipart/mixed", "boundary", "never closed"),
        ("multipart/mixed boundary=x", "multipart/mixed", "boundary", "x"),
    ])
    func parameters(_ field: String, _ word: String, _ name: String, _ value: String) {
        Array(field.utf8).withUnsafeBytes {
            let parameters = HeaderParameters($0)
            #expect(parameters.word == word)
            #expect(parameters[name] == value)
        }
    }

    @Test("a header ends where the body begins, even without the empty line", arguments: [
        ("A: 1\r\nB: 2\r\n\r\nbody", ["a", "b"], "body"),
        ("A: 1\nB:\n 2\n\nbody", ["a", "b"], "body"),
        ("A: 1\rB: 2\r\rbody", ["a", "b"], "body"),
        ("\n\nA: 1\n\nbody", ["a"], "body"),
        ("From a Mon\nA: 1\n\nbody", ["a"], "body"),
        ("A: 1\nstray line\nB: 2\n\nbody", ["a", "b"], "body"),
        ("A: 1\nThis is text\nand more\n", ["a"], "This is text\nand more\n"),
        ("A : 1\n\nbody", ["a"], "body"),
        ("no header\n", [], "no header\n"),
        ("A: 1", ["a"], ""),
    ] as [(String, [String], String)])
    func headerEnds(_ message: String, _ names: [String], _ body: String) {
        Array(message.utf8).withUnsafeBytes {
            let headers = MIMEHeaders($0)
            #expect(headers.fields.map(\.name) == names)
            #expect(String(decoding: $0.from(headers.bodyStart), as: UTF8.self) == body)
        }
    }

    @Test("dates become sortable", arguments: [
        ("Fri, 23 Dec 2022 12:08:48 -0600", "2022-12-23T12:08:48-06:00"), ("1 Jan 99 00:00 GMT", "1999-01-01T00:00:00Z"),
        ("Mon Mar 17 2014", nil), ("INVALID", nil), ("32 Jan 2020 10:00 +0000", nil),
    ])
    func dates(_ text: String, _ expected: String?) { #expect(MailDate.iso(text) == expected) }

    @Test("file times are UTC")
    func fileTimes() {
        #expect(MailDate.iso(fileTime: 132_223_104_000_000_000) == "2020-01-01T00:00:00Z")
        #expect(MailDate.iso(fileTime: 132_274_944_000_000_000) == "2020-03-01T00:00:00Z")
        #expect(MailDate.iso(fileTime: .max) == nil)
    }
}
