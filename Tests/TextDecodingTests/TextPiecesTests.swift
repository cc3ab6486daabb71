// SPDX-License-Identifier: Apache-2.0
import TextDecoding
import Testing

@Suite("text in pieces")
struct TextPiecesTests {
    static func decode(_ bytes: [UInt8], declared: String? = nil) -> (text: String, pieces: TextPieces) {
        bytes.withUnsafeBytes { raw in
            var pieces = TextPieces(raw, declared: declared)
            var text: [UInt8] = []
            pieces.forEach { text.append(contentsOf: $0) }
            return (String(decoding: text, as: UTF8.self), pieces)
        }
    }

    @Test("line ends become newlines and control characters are left out and counted")
    func washes() {
        let (text, pieces) = Self.decode(Array("a\r\nb\rc\n\u{0}d\u{7F}\u{C}e\u{85}".utf8))
        #expect(text == "a\nb\nc\nd\ne")
        #expect(pieces.controls == 3)
    }

    @Test("bytes that are no text become U+FFFD and are counted")
    func undecodable() {
        let (text, pieces) = Self.decode(Array("é ü ö ä ß é ü ö ä ß é é é é".utf8) + [0xFF] + Array(" ok".utf8))
        #expect(text.hasSuffix("\u{FFFD} ok"))
        #expect(pieces.undecodable == 1)
    }

    @Test("UTF-16 with and without a mark, and declared charsets, are converted")
    func charsets() {
        let wide = "Grüße aus Köln".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(Self.decode([0xFF, 0xFE] + wide).text == "Grüße aus Köln")
        #expect(Self.decode(wide).text == "Grüße aus Köln")
        #expect(Self.decode([0xCF, 0xF0, 0xE8], declared: "windows-1251").text == "При")
        #expect(Self.decode([0x93, 0xFC, 0x94], declared: "ISO-8859-1").text == "“ü”")
    }

    @Test("a text of several pieces is the same as in one, whatever stands at the borders", arguments: ["ä", "\r\n", "x", "€uro\n"])
    func pieces(_ unit: String) {
        let count = (3 << 20) / unit.utf8.count
        let (text, pieces) = Self.decode(Array(String(repeating: unit, count: count).utf8))
        #expect(text == String(repeating: unit == "\r\n" ? "\n" : unit, count: count))
        #expect(pieces.undecodable == 0)
    }
}
