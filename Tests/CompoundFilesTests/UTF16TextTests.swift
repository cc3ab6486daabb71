// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Testing

@Suite("UTF-16 text")
struct UTF16TextTests {
    @Test("letters of every length come back, lone surrogates do not")
    func letters() {
        let text = "aß€\u{FFFD}😀\u{10FFFF}z\0b"
        #expect(UTF16Text.string(Array(text.utf16)) == text)
        #expect(UTF16Text.string(Array(text.utf16)[2...]) == String(text.dropFirst(2)))
        #expect(UTF16Text.string([0x41, 0xD800, 0x42, 0xDC00, 0xD83D]) == "A\u{FFFD}B\u{FFFD}\u{FFFD}")
    }

    @Test("bytes give two a letter, an odd one left out, up to the end or to the first NUL")
    func bytes() {
        let bytes: [UInt8] = [0x41, 0, 0xAC, 0x20, 0, 0, 0x42, 0, 0x43]
        bytes.withUnsafeBytes { raw in
            #expect(LittleEndianBytes(raw).utf16 == "A€\0B")
            #expect(LittleEndianBytes(raw).utf16BeforeNUL == "A€")
            #expect(LittleEndianBytes(raw).clipped(1, 4).utf16BeforeNUL == "\u{AC00}\u{20}")
            #expect(LittleEndianBytes(raw).clipped(2, 1).latin == "¬")
        }
    }
}
