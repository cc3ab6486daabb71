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

    @Test("of a file for two versions the newer one's slides are read")
    func dualStorage() throws {
        let slide = PPTMaker.slide(PPTMaker.box(10, PPTMaker.text(0, "Bees"), placeholder: 13))
        let old = [("PowerPoint Document", [UInt8](repeating: 1, count: 5_000)), ("Text_Content", [UInt8](repeating: 1, count: 100))]
        #expect(try outline(PPTMaker.presentation([slide], order: [0], folder: "PP97_DUALSTORAGE/", beside: old)) == "h1(Bees)")
    }

    @Test("letters of symbol fonts are the signs they show")
    func symbols() throws {
        let font = PPTMaker.atom(0xFB7, wide("Symbol") + [UInt8](repeating: 0, count: 56))
        let style = long(3) + short(0) + long(0) + long(3) + long(1 << 23) + short(0)
        let slide = PPTMaker.slide(PPTMaker.box(10, PPTMaker.text(4, "a\u{F0B3}", style: style)))
        #expect(try outline(PPTMaker.presentation([slide], order: [0], document: PPTMaker.container(0x3F2, PPTMaker.container(0x7D5, font)))) == "p(a≥)")
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
        #expect(throws: ReadError.encrypted("the presentation is encrypted in a way that is not read, whatever the password; remove the password in its own program")) { try outline(bytes) }
    }

    @Test("a protected presentation is opened by its password, with its pictures")
    func opened() throws {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]
        let picture = PPTMaker.atom(0xF01E, [UInt8](repeating: 9, count: 17) + png, instance: 0x6E0)
        let entry = PPTMaker.atom(0xF007, [6, 6] + [UInt8](repeating: 9, count: 18) + long(picture.count) + long(1) + long(0) + [0, 0, 0, 0], instance: 6)
        let drawings = PPTMaker.container(0x40B, PPTMaker.container(0xF000, PPTMaker.container(0xF001, entry, instance: 1)))
        let shape = PPTMaker.container(0xF004, PPTMaker.atom(0xF00A, long(2) + long(0), instance: 75) + PPTMaker.atom(0xF00B, short(0x4104) + long(1), instance: 1)
            + PPTMaker.atom(0xF010, short(700) + short(0) + short(1_000) + short(900)))
        func deck(_ password: String?) -> [UInt8] {
            PPTMaker.presentation([Self.second, PPTMaker.slide(PPTMaker.box(10, PPTMaker.text(0, "Bees")) + shape)], order: [1, 0], document: drawings, password: password, pictures: picture)
        }
        func read(_ bytes: [UInt8], _ passwords: [String]) throws -> Document {
            var limits = ReadLimits()
            limits.passwords = passwords
            return try Outline.read(bytes, PPTReader(), limits: limits).document
        }
        let plain = try read(deck(nil), [])
        #expect(plain.media.map(\.bytes) == [png])
        #expect(try read(deck("swordfish"), ["wrong", "swordfish"]) == plain)
        #expect(try read(deck("/01Hannes Ruescher/01"), []) == plain)
        #expect(throws: ReadError.encrypted("the presentation is protected by a password")) { try read(deck("swordfish"), []) }
        #expect(throws: ReadError.encrypted("the presentation is protected by a password, and the one given does not open it")) { try read(deck("swordfish"), ["wrong"]) }
        try Mutations.run(on: deck("swordfish"), rounds: 1_000) { _ = try read($0, ["swordfish"]) }
    }

    @Test("any flipped byte or cut ends in a document or in a named error", .timeLimit(.minutes(2)))
    func mutations() throws {
        try Mutations.run(on: Self.presentation, rounds: 3_000) { _ = try Outline.read($0, PPTReader()) }
    }
}
