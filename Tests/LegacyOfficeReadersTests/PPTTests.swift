// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import LegacyOfficeReaders

@Suite("The reader of binary PowerPoint presentations")
struct PPTTests {
    private func outline(_ bytes: [UInt8]) throws -> String {
        try Outline.read(bytes, PPTReader()).document.blocks.map(Outline.block).joined(separator: " ")
    }

    /// Two paragraphs: the first with a bullet, the second with one a level lower; then five bold letters.
    private static let style = long(4) + short(0) + long(1) + short(1) + long(8) + short(1) + long(1) + short(1) + long(3) + long(1) + short(1) + long(9) + long(0)
    private static let first = PPTMaker.slide(
        PPTMaker.box(500, PPTMaker.text(4, "one\rtwo\u{0B}x", style: style)) + PPTMaker.box(10, PPTMaker.text(0, "Bees"), placeholder: 13)
            + PPTMaker.box(900, PPTMaker.text(4, "7"), placeholder: 8))
    private static let second = PPTMaker.slide(PPTMaker.box(10, PPTMaker.atom(0xF9E, long(0)), placeholder: 14), flags: 4)
    private static let presentation = PPTMaker.presentation(
        [second, first], order: [1, 0], outlines: [[], PPTMaker.text(1, "from the outline", style: long(17) + short(0) + long(1) + short(0))])

    @Test("slides come in the order of the show, titles first, with bullets, levels and marks")
    func slides() throws {
        let text = try outline(Self.presentation)
        #expect(text == "h1(Bees) ul(li(p(strong(one)) ul(li(two⏎x)))) page p(em(Hidden slide)) p(from the outline)"
            || text == "h1(Bees) ul(li(p(strong(one)) ul(li(p(two⏎x))))) page p(em(Hidden slide)) p(from the outline)", "\(text)")
    }

    @Test("a group that says so is a table, its cells placed by their edges")
    func table() throws {
        func cell(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ text: String) -> [UInt8] {
            PPTMaker.container(0xF004, PPTMaker.atom(0xF00A, long(9) + long(2), instance: 1) + PPTMaker.atom(0xF00F, long(left) + long(top) + long(right) + long(bottom))
                + PPTMaker.container(0xF00D, PPTMaker.text(4, text)))
        }
        let head = PPTMaker.container(0xF004, PPTMaker.atom(0xF00A, long(8) + long(1)) + PPTMaker.atom(0xF122, short(0x39F) + long(1), instance: 1))
        let group = PPTMaker.container(0xF003, head + cell(0, 0, 200, 50, "wide") + cell(0, 50, 100, 100, "a") + cell(100, 50, 200, 100, "b"))
        #expect(try outline(PPTMaker.presentation([PPTMaker.slide(group)], order: [0])) == "table(wide→2 / a | b)")
    }

    @Test("without its directory the slides are taken as they lie")
    func salvage() throws {
        var bytes = Self.presentation
        let directory = try #require(bytes.indices.dropLast(4).first { bytes[$0...].starts(with: [0, 0, 0x72, 0x17]) })
        bytes[directory + 2] = 0x73
        #expect(try outline(bytes).contains("h1(Bees)"))
    }

    @Test("a protected presentation is told as such")
    func encrypted() throws {
        var bytes = Self.presentation
        let token = try #require(bytes.indices.dropLast(4).first { bytes[$0...].starts(with: [0x5F, 0xC0, 0x91, 0xE3]) })
        bytes.replaceSubrange(token..<(token + 4), with: [0xDF, 0xC4, 0xD1, 0xF3])
        #expect(throws: ReadError.encrypted("the presentation is protected by a password")) { try outline(bytes) }
    }

    @Test("any flipped byte or cut ends in a document or in a named error", .timeLimit(.minutes(2)))
    func mutations() throws {
        try Mutations.run(on: Self.presentation, rounds: 3_000) { _ = try Outline.read($0, PPTReader()) }
    }
}
