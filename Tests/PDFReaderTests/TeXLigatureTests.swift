// SPDX-License-Identifier: Apache-2.0
import ReaderTestSupport
import Testing

@testable import PDFReader

@Suite("Ligatures of TeX's bitmap fonts", .enabled(if: PDFLibrary.isLoaded, "PDFium is not installed; run packaging/pdfium"))
struct TeXLigatureTests {
    /// A page in a font whose glyphs have numbers for names.
    private static func read(_ words: [String]) throws -> [String] {
        let codes = Array(11...122)
        let glyph = "500 0 0 0 450 700 d1 0 0 450 700 re f"
        var maker = PDFMaker(words.enumerated().map { PDFMaker.text($1, x: 60, y: 700 - 14 * $0, font: "A") }.joined())
        maker.fonts = "/A 6 0 R"
        maker.objects = [
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 11 /LastChar 122 "
                + "/Widths [\(codes.map { _ in "500" }.joined(separator: " "))] /Encoding << /Type /Encoding /Differences [11 \(codes.map { "/a\($0)" }.joined(separator: " "))] >> "
                + "/CharProcs << \(codes.map { "/a\($0) 7 0 R" }.joined(separator: " ")) >> /Resources << >> >>",
            "<< /Length \(glyph.utf8.count) >>\nstream\n\(glyph)\nendstream",
        ]
        return try maker.read().blocks
    }

    @Test("codes within words are ligatures, in both of TeX's encodings", arguments: [#"the di\033erence of a \034rst e\036cient t"#, #"the di\013erence of a \014rst e\016cient t"#])
    func words(_ text: String) throws {
        #expect(try Self.read([text]).joined() == "p(the difference of a first efficient t)")
    }

    @Test("a sign between signs is none")
    func signs() throws {
        let text = try Self.read([#"( \034 ) + \035 ="#]).joined()
        #expect(!text.contains("fi") && !text.contains("fl"))
    }
}
