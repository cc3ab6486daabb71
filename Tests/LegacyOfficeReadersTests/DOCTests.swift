// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import LegacyOfficeReaders

@Suite("The reader of binary Word documents")
struct DOCTests {
    private func outline(_ bytes: [UInt8]) throws -> String {
        try Outline.read(bytes, DOCReader()).document.blocks.map(Outline.block).joined(separator: " ")
    }

    @Test("pieces of one and of two bytes a letter are read in the order of the table")
    func pieces() throws {
        #expect(try outline(DOCMaker.document([.narrow("5 € and"), .wide(" Ωmega\r"), .narrow("next\r")])) == "p(5 € and Ωmega) p(next)")
    }

    @Test("a link's field keeps its result and its address")
    func link() throws {
        let text = "see \u{13} HYPERLINK \"http://x/\" \u{14}here\u{15}, page \u{13} PAGE \u{14}7\u{15}\r"
        #expect(try outline(DOCMaker.document([.narrow(text)])) == "p(see a[http://x/](here), page )")
    }

    @Test("cell marks make a table even where no properties are left")
    func table() throws {
        #expect(try outline(DOCMaker.document([.narrow("a\u{7}b\u{7}\u{7}c\u{7}d\u{7}\u{7}end\r")])) == "table(a | b / c | d) p(end)")
    }

    @Test("Word 6 is read in the code page of its language")
    func word6() throws {
        #expect(try outline(DOCMaker.old([0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x0D], language: 0x419)) == "p(Привет)")
        #expect(try outline(DOCMaker.old([0x93, 0x61, 0x94, 0x0D])) == "p(“a”)")
    }

    @Test("Word 95 of East Asia keeps two bytes a letter")
    func wideWord95() throws {
        let text = "日本 and\rmore\r"
        #expect(try outline(DOCMaker.old(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, count: text.utf16.count, flags: 0x1000)) == "p(日本 and) p(more)")
    }

    @Test("a piece that lies outside of the file is reported, and the others are read")
    func missing() throws {
        var bytes = DOCMaker.document([.narrow("kept\r"), .narrow("lost\r")])
        // The second piece's place in the piece table.
        let place = try #require(bytes.indices.dropLast(4).first { bytes[$0...].starts(with: [0x0A, 0x08, 0, 0x40]) })
        bytes.replaceSubrange(place..<(place + 4), with: [0, 0, 0, 0x4F])
        let (document, diagnostics) = try Outline.read(bytes, DOCReader())
        #expect(document.blocks.map(Outline.block) == ["p(kept)"])
        #expect(diagnostics.items.map(\.code) == ["text-missing"])
    }

    @Test("a protected document is told as such")
    func encrypted() {
        #expect(throws: ReadError.encrypted("the document is encrypted in a way that is not read, whatever the password; remove the password in its own program")) { try outline(DOCMaker.document([.narrow("x\r")], flags: 0x300)) }
    }

    @Test("an obfuscated document is opened by its password, of Word 97 as of Word 6", arguments: [
        DOCMaker.document([.narrow("5 € and"), .wide(" Ωmega\r")], isObfuscated: true), DOCMaker.old(Array("5 and more\r".utf8), isObfuscated: true),
    ])
    func obfuscated(_ bytes: [UInt8]) throws {
        func read(_ passwords: [String]) throws -> String {
            var limits = ReadLimits()
            limits.passwords = passwords
            return try Outline.read(bytes, DOCReader(), limits: limits).document.blocks.map(Outline.block).joined(separator: " ")
        }
        let text = try read(["wrong", "swordfish"])
        #expect(["p(5 € and Ωmega)", "p(5 and more)"].contains(text), "\(text)")
        #expect(throws: ReadError.encrypted("the document is protected by a password")) { try read([]) }
        #expect(throws: ReadError.encrypted("the document is protected by a password, and the one given does not open it")) { try read(["Swordfish"]) }
    }

    @Test("any flipped byte or cut ends in a document or in a named error", .timeLimit(.minutes(2)))
    func mutations() throws {
        let bytes = try #require(Mutations.bytes("doc/outline/input.doc"))
        try Mutations.run(on: bytes, rounds: 1_500) { _ = try Outline.read($0, DOCReader()) }
    }
}
