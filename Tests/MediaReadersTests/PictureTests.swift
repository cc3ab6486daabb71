// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MediaReaders
import ReaderTestSupport
import Testing

@Suite("pictures")
struct PictureTests {
    /// A JPEG header: one EXIF block and one frame of 40 × 30.
    static func jpeg(exif: [UInt8]) -> [UInt8] {
        let body = Array("Exif\0\0".utf8) + exif
        return [0xFF, 0xD8, 0xFF, 0xE1] + big(body.count + 2) + body + [0xFF, 0xC0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0, 0xFF, 0xDA]
    }

    static func big(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }

    /// A big-endian TIFF directory of ASCII values.
    static func exif(_ texts: [(tag: Int, text: String)]) -> [UInt8] {
        var values: [UInt8] = []
        var out: [UInt8] = Array("MM\0*".utf8) + [0, 0, 0, 8] + big(texts.count)
        let start = 8 + 2 + 12 * texts.count + 4
        for (tag, text) in texts {
            let bytes = Array(text.utf8) + [0]
            out += big(tag) + [0, 2, 0, 0] + big(bytes.count)
            if bytes.count <= 4 { out += bytes + Array(repeating: 0, count: 4 - bytes.count) } else {
                out += [0, 0] + big(start + values.count)
                values += bytes
            }
        }
        return out + [0, 0, 0, 0] + values
    }

    @Test("size, date, camera and description are told, and that text is not read")
    func facts() throws {
        let picture = Self.jpeg(exif: Self.exif([(0x010E, "A bridge"), (0x010F, "Make"), (0x0110, "Model 3"), (0x0132, "2024:05:17 10:20:30")]))
        let (document, diagnostics) = try Outline.read(picture, PictureReader(.jpeg))
        #expect(Outline.blocks(document.blocks) == """
            p(A bridge) ul(li(strong(Size:) 40 × 30) li(strong(Bit depth:) 8) li(strong(Taken:) 2024-05-17 10:20:30) li(strong(Camera:) Make Model 3))
            """)
        #expect(document.metadata["created"] == "2024-05-17 10:20:30")
        #expect(document.metadata["camera"] == "Make Model 3")
        #expect(diagnostics.items.map(\.code) == ["needs-ocr"])
    }

    @Test("the words of the list follow the language asked for")
    func language() throws {
        var limits = ReadLimits()
        limits.labels = .de
        let (document, _) = try Outline.read(Self.jpeg(exif: []), PictureReader(.jpeg), limits: limits)
        #expect(Outline.blocks(document.blocks) == "ul(li(strong(Größe:) 40 × 30) li(strong(Farbtiefe:) 8))")
    }

    @Test("of a picture that is cut off before its size the camera's notes are left, and without them nothing")
    func noSize() throws {
        let body = Array("Exif\0\0".utf8) + Self.exif([(0x010E, "A bridge")])
        let cut = [0xFF, 0xD8, 0xFF, 0xE1] + Self.big(body.count + 2) + body
        let (document, diagnostics) = try Outline.read(cut, PictureReader(.jpeg))
        #expect(Outline.blocks(document.blocks) == "A bridge")
        #expect(diagnostics.items.map(\.code) == ["picture-damaged"])
        #expect(throws: ReadError.malformed("the picture's header gives no size")) { try Outline.read([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 65, 65], PictureReader(.jpeg)) }
    }

    @Test("a picture of more pixels than allowed is told by its header")
    func limit() throws {
        var limits = ReadLimits()
        limits.imagePixels = 100
        let (_, diagnostics) = try Outline.read(Self.jpeg(exif: []), PictureReader(.jpeg), limits: limits)
        #expect(diagnostics.items.map(\.code) == ["picture-too-large", "needs-ocr"])
    }

    @Test("a header cut anywhere, or with any byte turned, never breaks the reader", arguments: [PictureReader.Kind.jpeg, .png, .gif, .tiff, .webp, .bmp, .heif])
    func damage(_ kind: PictureReader.Kind) {
        let whole = Self.jpeg(exif: Self.exif([(0x010E, "A bridge"), (0x8769, "abcd"), (0x8825, "abcdef")]))
        for cut in 0..<whole.count {
            _ = try? Outline.read(Array(whole[..<cut]), PictureReader(kind))
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var turned = whole
                turned[cut] = value
                _ = try? Outline.read(turned, PictureReader(kind))
            }
        }
        for lead: [UInt8] in [Array("MM\0*".utf8), Array("II*\0".utf8), Array("\0\0\0\u{18}ftypheic".utf8), Array("RIFF\u{1}\0\0\0WEBPVP8X".utf8)] {
            for fill: UInt8 in [0, 1, 8, 0x7F, 0xFF] { _ = try? Outline.read(lead + Array(repeating: fill, count: 300), PictureReader(kind)) }
        }
    }

    @Test("PNG text and animation are told")
    func png() throws {
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] { [0, 0] + Self.big(body.count) + Array(name.utf8) + body + [0, 0, 0, 0] }
        let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", [0, 0, 0, 20, 0, 0, 0, 10, 16, 6, 0, 0, 0]) + chunk("acTL", [0, 0, 0, 3, 0, 0, 0, 0])
            + chunk("tEXt", Array("Title\0Caf".utf8) + [0xE9]) + chunk("iTXt", Array("Author\0\0\0\0\0Zoë".utf8)) + chunk("IEND", [])
        let (document, diagnostics) = try Outline.read(bytes, PictureReader(.png))
        #expect(Outline.blocks(document.blocks) == "h1(Café) ul(li(strong(Size:) 20 × 10) li(strong(Bit depth:) 16) li(strong(Frames:) 3) li(strong(Author:) Zoë))")
        #expect(diagnostics.items.map(\.code) == ["needs-ocr"])
    }

    @Test("Photoshop's size and what its resources say are told")
    func photoshop() throws {
        func resource(_ number: Int, _ body: [UInt8]) -> [UInt8] {
            let pieces: [[UInt8]] = [Array("8BIM".utf8), Self.big(number), [0, 0, 0, 0], Self.big(body.count), body, body.count % 2 == 1 ? [0] : []]
            return pieces.flatMap { $0 }
        }
        let title = Array("A poster".utf8)
        let resources = resource(0x0404, [0x1C, 2, 5] + Self.big(title.count) + title) + resource(0x0422, Self.exif([(0x013B, "Ann")]))
        let header: [UInt8] = [0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 30, 0, 0, 0, 40, 0, 8, 0, 3, 0, 0, 0, 0, 0, 0]
        let bytes: [UInt8] = [Array("8BPS".utf8), header, Self.big(resources.count), resources].flatMap { $0 }
        let (document, diagnostics) = try Outline.read(bytes, PictureReader(.psd))
        #expect(Outline.blocks(document.blocks) == "h1(A poster) ul(li(strong(Size:) 40 × 30) li(strong(Bit depth:) 8) li(strong(Author:) Ann))")
        #expect(diagnostics.items.map(\.code) == ["needs-ocr"])
        for count in bytes.indices { _ = try? Outline.read(Array(bytes.prefix(count)), PictureReader(.psd)) }
    }
}
