// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import PDFReader

@Suite("Codes that are glyph numbers")
struct GlyphOrderTests {
    private func codes(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    @Test("a glyph's number gives its character")
    func table() {
        func text(_ numbers: [UInt32]) -> String { String(String.UnicodeScalarView(numbers.compactMap { GlyphOrder.scalar($0).flatMap(Unicode.Scalar.init) })) }
        #expect(text(codes("6SDWHQVWLFK\u{3}I\u{81}U\u{3}QHXH\u{3}:lUPH")) == "Spatenstich für neue Wärme")
        #expect(text([0x13, 0x14, 0x15, 0x11, 0x1C]) == "012.9")
        #expect(GlyphOrder.scalar(2) == nil)
        #expect(GlyphOrder.scalar(4_000_000_000) == nil)
    }

    @Test("a font is told by lower case and spaces, and a few glyphs by the document's other fonts")
    func told() {
        var order = GlyphOrder()
        for code in codes("'LH") { order.note(code, font: 1) }
        #expect(!order.isOrdered(1))
        for code in codes("7KH\u{3}ZKROH\u{3}RI\u{3}D\u{3}VHQWHQFH\u{3}WKDW\u{3}LV\u{3}ZULWWHQ\u{3}LQ\u{3}QXPEHUV\u{3}RI\u{3}JO\\SKV") { order.note(code, font: 2) }
        #expect(order.isOrdered(2))
        #expect(order.isOrdered(1))
        // Plain text whose font merely has no map.
        for code in codes("a plain sentence of lower case letters") { order.note(code, font: 3) }
        #expect(!order.isOrdered(3))
    }
}
