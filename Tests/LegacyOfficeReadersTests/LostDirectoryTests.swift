// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import LegacyOfficeReaders

@Suite("Binary documents that are cut off before their directory")
struct LostDirectoryTests {
    private func read(_ bytes: [UInt8], _ reader: some DocumentReader) throws -> (text: String, losses: [String]) {
        let (document, losses) = try Outline.read(bytes, reader)
        return (document.blocks.map(Outline.block).joined(separator: " "), losses.items.map(\.code))
    }

    @Test("a workbook gives the sheets that are left")
    func workbook() throws {
        let whole = XLSMaker.workbook(cells: XLSMaker.label(0, 0, "left"))
        // The header and the stream, which the maker puts first.
        let (text, losses) = try read(Array(whole.prefix(512 + 4_096)), XLSReader())
        #expect(text == "h2(S) p(left)")
        #expect(losses == ["file-damaged"])
        #expect(throws: ReadError.malformed("its compound file directory is missing")) { try read(Array(whole.prefix(512)), XLSReader()) }
    }

    @Test("a presentation gives the slides that are left")
    func presentation() throws {
        let slides = ["left", "right"].map { PPTMaker.slide(PPTMaker.box(100, PPTMaker.text(4, $0))) }
        let whole = PPTMaker.presentation(slides, order: [0, 1], loose: PPTMaker.atom(0x1388, [UInt8](repeating: 0, count: 5_000)))
        let (text, losses) = try read(Array(whole.prefix(512 + 2_048)), PPTReader())
        #expect(text == "p(left) page p(right)")
        #expect(losses == ["file-damaged"])
    }

    @Test("a document gives the text that is left, without its looks")
    func document() throws {
        let text = "One\rTwo\r"
        var bytes = DOCMaker.document([.narrow(text)])
        // Where the text begins and ends.
        bytes.replaceSubrange((512 + 24)..<(512 + 32), with: long(1_024) + long(1_024 + text.utf8.count))
        let (shown, losses) = try read(Array(bytes.prefix(512 + 1_024 + 512)), DOCReader())
        #expect(shown == "p(One) p(Two)")
        #expect(losses == ["file-damaged"])
    }
}
