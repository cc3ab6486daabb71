// SPDX-License-Identifier: Apache-2.0
import CPDFium
import ReaderTestSupport
import Testing

@testable import PDFReader

@Suite("Right-to-left ligatures of a PDF")
struct LigaturePieceTests {
    /// What a page reads as in a font whose glyphs are letters of Arabic, each 5 points wide; `b` and `d` are lam with an alef.
    private static func read(_ page: String, lamAlef: (String, String)) throws -> String {
        var maker = PDFMaker(page)
        maker.fonts = "/A 6 0 R"
        let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
            + "4 beginbfchar <61> <0633> <62> <\(lamAlef.0)> <63> <0645> <64> <\(lamAlef.1)> endbfchar endcmap"
        maker.objects = [
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 97 /LastChar 100 /Widths [500 500 500 500] /ToUnicode 7 0 R >>",
            "<< /Length \(map.utf8.count) >>\nstream\n\(map)\nendstream",
        ]
        return try maker.read().blocks.joined(separator: " ")
    }

    private static func write(_ codes: String, x: Int) -> String { PDFMaker.text(codes, x: x, y: 600, font: "A") }

    @Test(
        "lam and alef of one glyph are read in their order, whichever way the line was written and the glyph is named",
        .enabled(if: PDFLibrary.isLoaded, "PDFium is not installed; run packaging/pdfium"), arguments: [("06440627", "06440623"), ("FEFB", "FEF7")])
    func order(_ lamAlef: (String, String)) throws {
        // As one string from left to right; glyph by glyph from the left; glyph by glyph from the right.
        for pieces in [[("cba", 60)], [("c", 60), ("b", 65), ("a", 70)], [("a", 70), ("b", 65), ("c", 60)]] {
            let text = try Self.read(pieces.map { Self.write($0.0, x: $0.1) }.joined(), lamAlef: lamAlef)
            #expect(text.contains("(سلام)"))
        }
        let alone = try Self.read(Self.write("b", x: 60), lamAlef: lamAlef)
        #expect(alone.contains("(لا)"))
        let other = try Self.read(Self.write("cda", x: 60), lamAlef: lamAlef)
        #expect(other.contains("(سلأم)"))
    }

    private static func glyph(_ scalar: UInt32, _ left: Float, _ right: Float, pen: Float) -> pdfium_glyph {
        pdfium_glyph(scalar: scalar, run: 0, left: left, right: right, top: 10, bottom: 0, x: pen, y: 2, is_unmapped: false)
    }

    private static func mended(_ glyphs: [pdfium_glyph]) -> [pdfium_glyph] {
        var glyphs = glyphs
        LigaturePieces.mend(&glyphs, glyphs.count)
        return glyphs
    }

    @Test("an alef within its lam is of the same glyph, one beside it is not")
    func within() {
        let one = Self.mended([Self.glyph(0x644, 10, 17, pen: 10), Self.glyph(0x627, 10.1, 16, pen: 10.1)])
        #expect(one.map(\.scalar) == [0x627, 0x644])
        #expect(one.map(\.left) == [10, 10] && one.map(\.right) == [17, 17])
        let two = Self.mended([Self.glyph(0x644, 10, 17, pen: 10), Self.glyph(0x627, 7, 10.5, pen: 7)])
        #expect(two.map(\.scalar) == [0x644, 0x627])
    }

    @Test("a glyph of more letters keeps their order")
    func more() {
        let letters: [UInt32] = [0x647, 0x644, 0x644, 0x627]
        #expect(Self.mended(letters.map { Self.glyph($0, 10, 20, pen: 10) }).map(\.scalar) == letters)
    }

    @Test("a vowel that is drawn with its letter goes behind it, to where that stands")
    func vowel() {
        let word = Self.mended([Self.glyph(0x645, 13, 15, pen: 10), Self.glyph(0x633, 15, 25, pen: 15), Self.glyph(0x64F, 10, 13, pen: 10)])
        #expect(word.map(\.scalar) == [0x645, 0x64F, 0x633])
        #expect(word.map(\.left) == [10, 10, 15])
    }
}
