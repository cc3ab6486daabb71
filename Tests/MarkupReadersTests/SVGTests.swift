// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MarkupReaders
import ReaderTestSupport
import Testing

@Suite("drawings")
struct SVGTests {
    @Test("a drawing's own charset is decoded once", arguments: ["windows-1251", "iso-8859-5"])
    func charset(_ name: String) throws {
        let word: [UInt8] = name == "windows-1251" ? [0xC4, 0xE0] : [0xB4, 0xD0]
        let bytes = Array("<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><text>".utf8) + word + Array("</text></svg>".utf8)
        let (document, diagnostics) = try Outline.read(bytes, SVGReader())
        #expect(document.blocks.map(Outline.block) == ["p(Да)"])
        #expect(diagnostics.items.isEmpty)
    }
}
