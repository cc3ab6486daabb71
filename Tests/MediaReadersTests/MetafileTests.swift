// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MediaReaders
import ReaderTestSupport
import Testing

/// Builds metafiles record by record.
private enum MetafileMaker {
    static func short(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
    static func long(_ value: Int) -> [UInt8] { short(value) + short(value >> 16) }
    static func longs(_ values: Int...) -> [UInt8] { values.flatMap(long) }
    static func real(_ value: Float) -> [UInt8] { long(Int(value.bitPattern)) }
    static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { short(Int($0)) } }
    static func padded(_ bytes: [UInt8], to step: Int) -> [UInt8] { bytes + [UInt8](repeating: 0, count: (step - bytes.count % step) % step) }

    static func record(_ type: Int, _ body: [UInt8]) -> [UInt8] {
        let body = padded(body, to: 4)
        return long(type) + long(body.count + 8) + body
    }

    /// A picture of 100 × 50 pixels.
    static func emf(_ records: [[UInt8]]) -> [UInt8] {
        let header = longs(0, 0, 99, 49, 0, 0, 2_000, 1_000) + Array(" EMF".utf8) + [UInt8](repeating: 0, count: 44)
        return record(1, header) + records.joined() + record(14, longs(0, 0, 20))
    }

    static func emfText(_ text: String, _ x: Int, _ y: Int, options: Int = 0, widths: [Int] = []) -> [UInt8] {
        let letters = padded(wide(text), to: 4)
        let start = 36 + 40
        return record(84, longs(0, 0, -1, -1, 1, 0, 0, x, y, text.utf16.count, start, options, 0, 0, 0, 0, widths.isEmpty ? 0 : start + letters.count) + letters + widths.flatMap(long))
    }

    static func emfFont(_ number: Int, height: Int, charset: UInt8 = 0, name: String = "Arial") -> [UInt8] {
        record(82, long(number) + longs(-height, 0, 0, 0, 400) + [0, 0, 0, charset, 0, 0, 0, 0] + padded(wide(name), to: 64))
    }

    /// Records for GDI+ in a comment.
    static func plus(_ records: [UInt8]) -> [UInt8] { record(70, long(records.count + 4) + Array("EMF+".utf8) + records) }
    static func plusRecord(_ type: Int, flags: Int, _ body: [UInt8]) -> [UInt8] {
        let body = padded(body, to: 4)
        return short(type) + short(flags) + long(body.count + 12) + long(body.count) + body
    }

    static func wmf(_ records: [[UInt8]], placeable: Bool) -> [UInt8] {
        let head = placeable ? long(0x9AC6_CDD7) + [0, 0] + [0, 0, 300, 200].flatMap(short) + short(1_440) + long(0) + short(0) : []
        return head + short(1) + short(9) + short(0x300) + long(0) + short(3) + long(0) + short(0) + records.joined() + wmfRecord(0, [])
    }

    static func wmfRecord(_ function: Int, _ body: [UInt8]) -> [UInt8] {
        let body = padded(body, to: 2)
        return long(3 + body.count / 2) + short(function) + body
    }
}

@Suite("Text in Windows metafiles")
struct MetafileTests {
    private typealias Maker = MetafileMaker

    private func lines(_ bytes: [UInt8]) -> [String]? { bytes.withUnsafeBytes { MetafileText($0)?.lines } }

    @Test("an enhanced metafile's texts come by their places, not by the order of drawing")
    func order() {
        let font = Maker.emfFont(1, height: 10) + Maker.record(37, Maker.long(1))
        let picture = Maker.emf([font, Maker.emfText("right", 60, 10), Maker.emfText("below", 0, 40), Maker.emfText("left", 0, 12)])
        #expect(lines(picture) == ["left right", "below"])
    }

    @Test("pieces of one word are put together, and those a word apart are not")
    func pieces() {
        let font = Maker.emfFont(1, height: 10) + Maker.record(37, Maker.long(1))
        let picture = Maker.emf([font, Maker.emfText("Wo", 0, 0, widths: [8, 5]), Maker.emfText("rd", 13, 0, widths: [4, 5]), Maker.emfText("two", 26, 0, widths: [3, 5, 5])])
        #expect(lines(picture) == ["Word two"])
    }

    @Test("where the axis runs upwards, what lies higher comes first")
    func upwards() {
        let axes = Maker.record(9, Maker.longs(100, 100)) + Maker.record(11, Maker.longs(100, -100)) + Maker.record(12, Maker.longs(0, 100))
        let picture = Maker.emf([axes, Maker.emfText("bottom", 0, 10), Maker.emfText("top", 0, 90)])
        #expect(lines(picture) == ["top", "bottom"])
    }

    @Test("texts of code pages, small texts and texts of symbols are read by what they are")
    func kinds() {
        let cyrillic = Maker.emfFont(2, height: 10, charset: 204) + Maker.record(37, Maker.long(2))
        let narrow = Maker.record(83, Maker.longs(0, 0, -1, -1, 1, 0, 0, 0, 0, 2, 76, 0, 0, 0, 0, 0, 0) + [0xC4, 0xE0])
        let small = Maker.record(108, Maker.longs(0, 20, 3, 0x300, 1, 0, 0) + Array("abc".utf8))
        #expect(lines(Maker.emf([cyrillic, narrow, small])) == ["Да", "abc"])
    }

    @Test("glyph numbers are no text, and that is said")
    func glyphs() throws {
        let picture = Maker.emf([Maker.emfText("xyz", 0, 0, options: 0x10)])
        let (document, diagnostics) = try Outline.read(picture, MetafileReader())
        #expect(Outline.blocks(document.blocks) == "ul(li(strong(Size:) 100 × 50))")
        #expect(diagnostics.items.map(\.code) == ["metafile-glyphs", "needs-ocr"])
    }

    @Test("what GDI+ draws is read, once where the metafile says it twice")
    func plus() {
        let object = Maker.plusRecord(0x4008, flags: 0x0600, Maker.long(0xDBC0_1002) + Maker.real(10) + Maker.long(0))
        let string = Maker.plusRecord(0x401C, flags: 0x0000, Maker.longs(0, 0, 4) + Maker.real(5) + Maker.real(5) + Maker.real(50) + Maker.real(20) + Maker.wide("plus"))
        for isDual in [true, false] {
            let header = Maker.plusRecord(0x4001, flags: isDual ? 1 : 0, Maker.longs(0, 0, 96, 96))
            let picture = Maker.emf([Maker.plus(header + object + string), Maker.emfText(isDual ? "plus" : "own", 5, 30)])
            #expect(lines(picture) == (isDual ? ["plus"] : ["plus", "own"]))
        }
    }

    @Test("a metafile of old is read with and without the header of files", arguments: [true, false])
    func old(placeable: Bool) throws {
        let font = Maker.wmfRecord(0x02FB, [-12, 0, 0, 0, 400].flatMap(Maker.short) + [0, 0, 0, 238, 0, 0, 0, 0] + Array("Arial\0".utf8))
        let picture = Maker.wmf([
            Maker.wmfRecord(0x020C, [200, 300].flatMap(Maker.short)), Maker.wmfRecord(0x02FA, [0, 0, 0, 0, 0].flatMap(Maker.short)), font,
            Maker.wmfRecord(0x012D, Maker.short(1)),
            Maker.wmfRecord(0x0A32, [100, 0, 3, 0].flatMap(Maker.short) + [0xE8, UInt8(ascii: "a"), UInt8(ascii: "j")]),
            Maker.wmfRecord(0x0521, Maker.short(3) + Array("one".utf8) + [0] + [10, 0].flatMap(Maker.short)),
        ], placeable: placeable)
        let (document, diagnostics) = try Outline.read(picture, MetafileReader())
        #expect(Outline.blocks(document.blocks) == "ul(li(strong(Size:) 300 × 200)) p(one) p(čaj)")
        #expect(diagnostics.items.isEmpty)
    }

    @Test("texts that lie over each other are read as far as a file can say so much")
    func overlapping() throws {
        let text = Array(repeating: "letters", count: 30).joined(separator: " ")
        let texts = (0..<3).flatMap { Maker.longs(0, 20 * $0, text.utf16.count, 160, 0, 0, 0, 0, 0, 0) }
        let picture = Maker.emf([Maker.record(97, Maker.longs(0, 0, -1, -1, 1, 0, 0, 3) + texts + Maker.wide(text))])
        let (document, diagnostics) = try Outline.read(picture, MetafileReader())
        #expect(Outline.blocks(document.blocks).hasSuffix(") p(\(text))"))
        #expect(diagnostics.items.map(\.code) == ["picture-truncated"])
    }

    @Test("a picture that is cut, or whose sizes lie, gives what comes before")
    func damaged() throws {
        let whole = Maker.emf([Maker.emfText("kept", 0, 0), Maker.emfText("lost", 0, 40)])
        let (document, diagnostics) = try Outline.read(Array(whole.dropLast(30)), MetafileReader())
        #expect(Outline.blocks(document.blocks).hasSuffix("p(kept)"))
        #expect(diagnostics.items.map(\.code) == ["picture-truncated"])
        for end in whole.indices { _ = lines(Array(whole[..<end])) }
        let lies = Maker.emf([Maker.record(84, Maker.longs(0, 0, -1, -1, 1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0, -1)), Maker.record(97, Maker.longs(0, 0, 0, 0, 1, 0, 0, -1))])
        #expect(lines(lies) == [])
    }

    @Test("a picture of nothing but pixels is known by its beginning, and one that may hold text is not")
    func pixels() {
        let bitmap = Maker.record(81, [UInt8](repeating: 7, count: 9_000))
        func isPixels(_ records: [[UInt8]]) -> Bool {
            let all = Maker.emf(records)
            return MetafileText.isPixels(Array(all.prefix(4_096)), of: all.count)
        }
        #expect(isPixels([Maker.record(43, Maker.longs(0, 0, 9, 9)), bitmap]))
        #expect(!isPixels([Maker.emfText("before", 0, 0), bitmap]))
        #expect(!isPixels([Maker.plus([]), bitmap]))
        #expect(!isPixels([bitmap, Maker.emfText("behind", 0, 0)]))
        #expect(!isPixels([Maker.record(43, Maker.longs(0, 0, 9, 9))]))
        #expect(!MetafileText.isPixels([], of: 0))
    }

    @Test("a picture of the Macintosh gives its text, with bitmaps of all kinds stepped over, in a file and in memory")
    func macintosh() {
        func big(_ values: Int...) -> [UInt8] { values.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] } }
        func operation(_ code: Int, _ data: [UInt8]) -> [UInt8] { big(code) + Maker.padded(data, to: 2) }
        let places = big(0, 0, 4, 16) + big(0, 0, 4, 16) + big(0)
        let bits = operation(0x90, big(2, 0, 0, 4, 16) + places + [UInt8](repeating: 0xFF, count: 8))
        let map = big(0x8008, 0, 0, 2, 16) + [UInt8](repeating: 0, count: 36) + big(0, 0, 0, 1) + [UInt8](repeating: 0, count: 16)
        let packed = operation(0x98, map + places + [2, 0xF9, 0, 3, 1, 2, 3])
        let direct = operation(0x9A, big(0, 0) + big(0x8008, 0, 0, 2, 2, 0, 1) + [UInt8](repeating: 0, count: 32) + places + [UInt8](repeating: 0, count: 16))
        let size = operation(0x0D, big(12))
        let text = operation(0x28, big(20, 10) + [5, 0x47, 0x72, 0x9A, 0xA7, 0x65]) + bits + packed + direct + operation(0x2A, [20, 4] + Array("next".utf8))
            + operation(0x29, [40, 1] + Array("x".utf8)) + operation(0xA1, big(100, 2, 7))
        let drawing = big(0, 0, 0, 50, 100) + big(0x11, 0x2FF, 0xC00) + [UInt8](repeating: 0, count: 24) + size + text + big(0xFF)
        #expect(lines(drawing) == ["Größe", "next x"])
        #expect(lines([UInt8](repeating: 0, count: 512) + drawing) == ["Größe", "next x"])
        #expect(drawing.withUnsafeBytes { MetafileText($0)?.isCut } == false)
        for count in drawing.indices { _ = lines(Array(drawing[..<count])) }
        #expect(drawing.dropLast(3).withUnsafeBytes { MetafileText($0)?.isCut } == true)
    }
}
