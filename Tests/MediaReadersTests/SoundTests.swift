// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MediaReaders
import ReaderTestSupport
import Testing

@Suite("recordings")
struct SoundTests {
    static func big(_ value: Int, _ count: Int = 4) -> [UInt8] { (0..<count).reversed().map { UInt8(value >> ($0 * 8) & 255) } }
    static func little(_ value: Int, _ count: Int = 4) -> [UInt8] { Self.big(value, count).reversed() }
    static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
    static func syncSafe(_ value: Int) -> [UInt8] { (0..<4).reversed().map { UInt8(value >> ($0 * 7) & 127) } }
    static func box(_ type: String, _ body: [UInt8]) -> [UInt8] {
        // ISO 8859-1, for the © of QuickTime's names.
        big(8 + body.count) + type.unicodeScalars.map { UInt8($0.value) } + body
    }
    static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] { ascii(name) + little(body.count) + body + (body.count % 2 == 1 ? [0] : []) }
    static func outline(_ bytes: [UInt8], _ kind: SoundReader.Kind) throws -> String {
        let (document, diagnostics) = try Outline.read(bytes, SoundReader(kind))
        #expect(diagnostics.items.map(\.code) == ["needs-transcription"])
        return Outline.blocks(document.blocks)
    }

    /// Two frames of MPEG-1 layer III at 128 kbit/s and 44.1 kHz: 417 bytes each.
    static let frames: [UInt8] = Array(repeating: [0xFF, 0xFB, 0x90, 0x00] + Array(repeating: 0, count: 413), count: 40).flatMap { $0 }

    @Test("ID3 tags of each version are told, and the duration", arguments: [2, 3, 4])
    func id3(_ version: Int) throws {
        func frame(_ names: (String, String), _ encoding: UInt8, _ value: [UInt8]) -> [UInt8] {
            let body = [encoding] + value
            return version == 2 ? Self.ascii(names.0) + Self.big(body.count, 3) + body
                : Self.ascii(names.1) + (version == 3 ? Self.big(body.count) : Self.syncSafe(body.count)) + [0, 0] + body
        }
        let utf16: [UInt8] = [0xFF, 0xFE] + Array("Über".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let tags = frame(("TT2", "TIT2"), 1, utf16) + frame(("TP1", "TPE1"), 0, Self.ascii("A. Singer")) + frame(("TCO", "TCON"), 0, Self.ascii("(17)"))
            + frame(("COM", "COMM"), 0, Self.ascii("eng") + [0] + Self.ascii("said")) + frame(("ULT", "USLT"), 3, Self.ascii("eng") + [0] + Self.ascii("La\nla"))
        let bytes = Self.ascii("ID3") + [UInt8(version), 0, 0] + Self.syncSafe(tags.count) + tags + Self.frames
        #expect(try Self.outline(bytes, .mpeg) == """
            h1(Über) ul(li(strong(Artist:) A. Singer) li(strong(Genre:) Rock) li(strong(Comment:) said) li(strong(Duration:) 0:01) \
            li(strong(Codec:) MPEG audio layer 3) li(strong(Bit rate:) 128 kbit/s) li(strong(Sample rate:) 44.1 kHz) li(strong(Channels:) 2)) h2(Lyrics) p(La⏎la)
            """)
    }

    @Test("an ID3v1 tag at the end is told")
    func oldTag() throws {
        func field(_ text: String, _ count: Int) -> [UInt8] { Self.ascii(text) + Array(repeating: 0, count: count - text.utf8.count) }
        let tag = Self.ascii("TAG") + field("Song", 30) + field("Who", 30) + field("Album", 30) + field("1999", 4) + field("", 28) + [0, 7, 8]
        #expect(try Self.outline(Self.frames + tag, .mpeg).hasPrefix("h1(Song) ul(li(strong(Artist:) Who) li(strong(Album:) Album) li(strong(Date:) 1999) li(strong(Track:) 7) li(strong(Genre:) Jazz)"))
    }

    @Test("MPEG-4 tags, duration, tracks and the picture's size are told")
    func mp4() throws {
        func item(_ name: String, _ value: [UInt8]) -> [UInt8] { Self.box(name, Self.box("data", Self.big(1) + Self.big(0) + value)) }
        let list = Self.box("ilst", item("©nam", Self.ascii("Song")) + item("©ART", Self.ascii("Who")) + item("trkn", [0, 0, 0, 3, 0, 9, 0, 0]))
        let header = Self.box("hdlr", Array(repeating: 0, count: 8) + Self.ascii("vide") + Array(repeating: 0, count: 13))
        let track = Self.box("trak", Self.box("tkhd", Array(repeating: 0, count: 76) + Self.big(640 << 16) + Self.big(360 << 16))
            + Self.box("mdia", header + Self.box("minf", Self.box("stbl", Self.box("stsd", Self.big(0) + Self.big(1) + Self.big(16) + Self.ascii("avc1") + Self.big(0) + Self.big(0))))))
        let movie = Self.box("moov", Self.box("mvhd", Self.big(0) + Self.big(0) + Self.big(0) + Self.big(1_000) + Self.big(3_725_000) + Array(repeating: 0, count: 80))
            + track + Self.box("udta", Self.box("meta", Self.big(0) + Self.box("hdlr", Array(repeating: 0, count: 25)) + list)))
        #expect(try Self.outline(Self.box("ftyp", Self.ascii("isom") + Self.big(0)) + movie, .mp4) == """
            h1(Song) ul(li(strong(Artist:) Who) li(strong(Track:) 3/9) li(strong(Duration:) 1:02:05) li(strong(Size:) 640 × 360) li(strong(Codec:) avc1))
            """)
    }

    @Test("WAV figures and RIFF tags are told")
    func wav() throws {
        let format = Self.little(1, 2) + Self.little(1, 2) + Self.little(8_000) + Self.little(16_000) + Self.little(2, 2) + Self.little(16, 2)
        let body = Self.ascii("WAVE") + Self.chunk("fmt ", format) + Self.chunk("LIST", Self.ascii("INFO") + Self.chunk("INAM", Self.ascii("Take one") + [0]))
            + Self.chunk("data", Array(repeating: 0, count: 32_000))
        #expect(try Self.outline(Self.chunk("RIFF", body), .riff)
            == "h1(Take one) ul(li(strong(Duration:) 0:02) li(strong(Codec:) PCM) li(strong(Bit rate:) 128 kbit/s) li(strong(Sample rate:) 8 kHz) li(strong(Channels:) 1))")
    }

    @Test("Vorbis comments of FLAC and Opus are told")
    func comments() throws {
        let entries = ["TITLE=Lied", "artist=Chor", "DATE=2001"]
        let comments = Self.little(3) + Self.ascii("abc") + Self.little(entries.count) + entries.flatMap { Self.little($0.utf8.count) + Self.ascii($0) }
        let info: [UInt8] = Array(repeating: 0, count: 10) + Self.big(44_100 << 12 | 1 << 9 | 15 << 4) + Self.big(88_200) + Array(repeating: 0, count: 16)
        let flac = Self.ascii("fLaC") + Self.big(info.count) + info + Self.big(0x8400_0000 | comments.count) + comments
        #expect(try Self.outline(flac, .flac) == """
            h1(Lied) ul(li(strong(Artist:) Chor) li(strong(Date:) 2001) li(strong(Duration:) 0:02) li(strong(Codec:) FLAC) li(strong(Sample rate:) 44.1 kHz) li(strong(Channels:) 2))
            """)
        func page(_ flags: UInt8, _ samples: Int, _ body: [UInt8]) -> [UInt8] {
            Self.ascii("OggS") + [0, flags] + Self.little(samples, 8) + Self.little(7) + Self.little(0) + Self.little(0) + [1, UInt8(body.count)] + body
        }
        let opus = page(2, 0, Self.ascii("OpusHead") + [1, 2] + Self.little(312, 2) + Array(repeating: 0, count: 7)) + page(0, 0, Self.ascii("OpusTags") + comments) + page(4, 48_000 * 61 + 312, [0])
        #expect(try Self.outline(opus, .ogg).contains("li(strong(Duration:) 1:01) li(strong(Codec:) Opus)"))
    }

    @Test("Matroska's title, duration and tags are told")
    func matroska() throws {
        func element(_ id: [UInt8], _ body: [UInt8]) -> [UInt8] { id + [0x40 | UInt8(body.count >> 8), UInt8(body.count & 255)] + body }
        let info = element([0x15, 0x49, 0xA9, 0x66], element([0x2A, 0xD7, 0xB1], Self.big(1_000_000, 3)) + element([0x44, 0x89], Self.big(Int(Float(65_000).bitPattern))) + element([0x7B, 0xA9], Self.ascii("Film")))
        let track = element([0x16, 0x54, 0xAE, 0x6B], element([0xAE], element([0x86], Self.ascii("V_VP9")) + element([0xE0], element([0xB0], Self.big(320, 2)) + element([0xBA], Self.big(200, 2)))))
        let tags = element([0x12, 0x54, 0xC3, 0x67], element([0x73, 0x73], element([0x67, 0xC8], element([0x45, 0xA3], Self.ascii("ARTIST")) + element([0x44, 0x87], Self.ascii("Me")))))
        let bytes = element([0x1A, 0x45, 0xDF, 0xA3], []) + element([0x18, 0x53, 0x80, 0x67], info + track + tags)
        #expect(try Self.outline(bytes, .matroska) == "h1(Film) ul(li(strong(Artist:) Me) li(strong(Duration:) 1:05) li(strong(Size:) 320 × 200) li(strong(Codec:) VP9))")
    }

    @Test("bytes cut anywhere, or all of one kind, never break a reader", arguments: [SoundReader.Kind.mpeg, .mp4, .flac, .ogg, .riff, .matroska])
    func damage(_ kind: SoundReader.Kind) {
        let leads: [[UInt8]] = [
            Self.ascii("ID3") + [3, 0x80, 0, 0, 0, 1, 0], [0xFF, 0xFB, 0x90, 0], Self.ascii("fLaC"), Self.ascii("OggS\0"), Self.ascii("RIFF\0\0\0\0WAVE"),
            Self.ascii("RIFF\0\0\0\0AVI LIST"), [0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01], Self.big(24) + Self.ascii("moov") + Self.big(1) + Self.ascii("trak"),
        ]
        for lead in leads {
            for fill: UInt8 in [0, 1, 8, 0x41, 0x7F, 0x80, 0xAE, 0xFF] {
                for count in [0, 1, 3, 7, 30, 300] { _ = try? Outline.read(lead + Array(repeating: fill, count: count), SoundReader(kind)) }
            }
        }
    }

    @Test("AIFF's chunks and its long floating number are told")
    func aiff() throws {
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] { Self.ascii(name) + Self.big(body.count) + body + (body.count % 2 == 1 ? [0] : []) }
        let common: [[UInt8]] = [Self.big(2, 2), Self.big(88_200), Self.big(16, 2), [0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0]]
        let chunks: [[UInt8]] = [
            Self.ascii("AIFF"), chunk("COMM", common.flatMap { $0 }), chunk("NAME", Self.ascii("Song")), chunk("AUTH", Self.ascii("Who")), chunk("SSND", [0, 0, 0]),
        ]
        let body = chunks.flatMap { $0 }
        #expect(try Self.outline(Self.ascii("FORM") + Self.big(body.count) + body, .aiff) == """
            h1(Song) ul(li(strong(Artist:) Who) li(strong(Duration:) 0:02) li(strong(Codec:) PCM) li(strong(Bit rate:) 1411 kbit/s) li(strong(Sample rate:) 44.1 kHz) \
            li(strong(Channels:) 2))
            """)
    }

    @Test("what the header of Windows Media says is told")
    func windowsMedia() throws {
        func wide(_ text: String) -> [UInt8] { Array(text.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [0, 0] }
        func object(_ start: [UInt8], _ body: [UInt8]) -> [UInt8] { start + Array(repeating: 0, count: 12) + Self.little(24 + body.count, 8) + body }
        let zeros = [UInt8](repeating: 0, count: 50)
        let figures: [[UInt8]] = [Array(zeros.prefix(40)), Self.little(950_000_000, 8), Array(zeros.prefix(8)), Self.little(5_000, 8), Array(zeros.prefix(12)), Self.little(64_000)]
        let properties = object([0xA1, 0xDC, 0xAB, 0x8C], figures.flatMap { $0 })
        let form: [[UInt8]] = [[0x40, 0x9E, 0x69, 0xF8], zeros, Self.little(0x161, 2), Self.little(2, 2), Self.little(44_100), Self.little(8_000)]
        let sound = object([0x91, 0x07, 0xDC, 0xB7], form.flatMap { $0 })
        let texts = [wide("Talk"), wide("Speaker"), wide(""), wide("On mail")]
        let description = object([0x33, 0x26, 0xB2, 0x75], texts.flatMap { Self.little($0.count, 2) } + [0, 0] + texts.flatMap { $0 })
        let tags = [("WM/AlbumTitle", 0, wide("Talks")), ("WM/TrackNumber", 3, Self.little(4)), ("Other", 0, wide("x"))]
        var pairs = Self.little(tags.count, 2)
        for (name, kind, value) in tags {
            let pieces: [[UInt8]] = [Self.little(wide(name).count, 2), wide(name), Self.little(kind, 2), Self.little(value.count, 2), value]
            pairs += pieces.flatMap { $0 }
        }
        let objects: [UInt8] = [properties, sound, description, object([0x40, 0xA4, 0xD0, 0xD2], pairs)].flatMap { $0 }
        let mark: [UInt8] = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]
        let bytes: [UInt8] = [mark, Array(zeros.prefix(8)), Self.little(30 + objects.count, 8), Self.little(4), [1, 2], objects].flatMap { $0 }
        let expected = """
            h1(Talk) p(On mail) ul(li(strong(Artist:) Speaker) li(strong(Album:) Talks) li(strong(Track:) 4) li(strong(Duration:) 1:30) li(strong(Codec:) WMA) \
            li(strong(Bit rate:) 64 kbit/s) li(strong(Sample rate:) 44.1 kHz) li(strong(Channels:) 2))
            """
        #expect(try Self.outline(bytes, .asf) == expected)
        for count in bytes.indices { _ = try Outline.read(Array(bytes.prefix(count)), SoundReader(.asf)) }
    }
}
