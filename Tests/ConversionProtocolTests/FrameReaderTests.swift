// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ConversionProtocol

/// Frames as a well-behaved worker writes them.
struct Reply {
    private(set) var bytes: [UInt8] = []
    private var frames: UInt64 = 0

    init() { put(.ready, Frame.ready()) }

    mutating func put(_ type: FrameType, _ payload: [UInt8]) {
        bytes += Reply.raw(type.rawValue, UInt32(payload.count)) + payload
        frames += 1
    }

    mutating func text(_ text: [UInt8], rendition: UInt32 = 0) { put(.text, Reply.number(rendition) + text) }

    mutating func end() {
        var sum = Checksum()
        bytes.withUnsafeBytes { sum.add($0) }
        let payload = Frame.end(frames: frames, bytes: UInt64(bytes.count), checksum: sum.value)
        bytes += Reply.raw(FrameType.end.rawValue, UInt32(payload.count)) + payload
    }

    static func raw(_ type: UInt32, _ length: UInt32) -> [UInt8] { number(type) + number(length) }
    static func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}

/// What came out of a reader.
struct Heard {
    var text: [UInt8] = []
    var pieces = 0
    var losses: [Loss] = []
    var metadata: [MetadataField] = []
    var assets: [String] = []
    var assetBytes: [UInt8] = []
    var parts: [String] = []
    var failure: ConversionError?
    var isComplete = false

    /// Feeds the bytes in chunks of the given size.
    init(_ bytes: [UInt8], by size: Int = .max, _ limits: FrameReader.Limits = .init()) throws {
        var reader = FrameReader(limits)
        var heard = self
        var rest = bytes[...]
        while !rest.isEmpty {
            try rest.prefix(size).withUnsafeBytes { chunk in
                try reader.read(chunk) { event in
                    switch event {
                    case .text(let piece, _):
                        heard.text += piece
                        heard.pieces += 1
                    case .loss(let loss): heard.losses.append(loss)
                    case .metadata(let field): heard.metadata.append(field)
                    case .assetBegin(let name, _): heard.assets.append(name)
                    case .asset(let piece): heard.assetBytes += piece
                    case .partBegin(let name): heard.parts.append(name + ": ")
                    case .partText(let piece, _): heard.parts[heard.parts.count - 1] += String(decoding: piece, as: UTF8.self)
                    case .failed(let error): heard.failure = error
                    default: break
                    }
                }
            }
            rest = rest.dropFirst(size)
        }
        self = heard
        isComplete = reader.isComplete
    }

    private init() {}
}

@Suite("the frame reader")
struct FrameReaderTests {
    private static var rich: Reply {
        var reply = Reply()
        reply.put(.format, Array("docx".utf8))
        reply.put(.metadata, Frame.metadata(MetadataField(name: "title", value: "Ünïcode\u{7}")))
        reply.text(Array("Grüße, ".utf8.dropLast(1)))
        reply.put(.assetBegin, Frame.assetBegin(name: "image1.png", mediaType: "image/png"))
        reply.put(.assetChunk, [1, 2, 3])
        reply.put(.assetEnd, [])
        // "€" cut after its second byte, across two frames.
        reply.text([0xE2, 0x82])
        reply.text([0xAC] + Array(" 5\n".utf8))
        reply.put(.loss, Frame.loss(Loss(code: "lost", message: "a\u{1B}[2J thing", location: "page 3", count: 2)))
        reply.end()
        return reply
    }

    @Test("gives the same however the bytes arrive", arguments: [1, 2, 3, 7, 64, 1_000_000])
    func chunks(size: Int) throws {
        let heard = try Heard(Self.rich.bytes, by: size)
        #expect(heard.isComplete)
        #expect(String(decoding: heard.text, as: UTF8.self) == "Grüße,€ 5\n")
        #expect(heard.metadata == [MetadataField(name: "title", value: "Ünïcode")])
        #expect(heard.losses == [Loss(code: "lost", message: "a[2J thing", location: "page 3", count: 2)])
        #expect(heard.assets == ["image1.png"])
        #expect(heard.assetBytes == [1, 2, 3])
    }

    @Test("refuses every flipped bit or stays incomplete")
    func flippedBits() {
        let good = Self.rich.bytes
        for place in good.indices {
            for bit in 0..<8 {
                var bad = good
                bad[place] ^= 1 << bit
                let heard = try? Heard(bad)
                #expect(heard?.isComplete != true, "bit \(bit) of byte \(place)")
            }
        }
    }

    @Test("is not complete when the reply is cut anywhere")
    func cut() throws {
        let good = Self.rich.bytes
        for length in good.indices { #expect(try Heard(Array(good.prefix(length))).isComplete == false) }
    }

    @Test("survives random bytes and random frames")
    func noise() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3_000 {
            var bytes: [UInt8] = Bool.random() ? Reply().bytes : []
            for _ in 0..<Int.random(in: 0..<6) {
                let length = Int.random(in: 0..<80, using: &random)
                bytes += Reply.raw(UInt32.random(in: 0..<14), UInt32(length)) + (0..<length).map { _ in UInt8.random(in: 0...255) }
            }
            _ = try? Heard(bytes, by: Int.random(in: 1..<100))
        }
    }

    @Test("leaves out control characters, C1 too, across frame borders")
    func controls() throws {
        var reply = Reply()
        reply.text(Array("a\u{0}b\r\n\u{1B}[31mc\u{7F}\td".utf8))
        reply.text([0xC2])
        reply.text([0x9B] + Array("e\u{85}f\u{A0}g".utf8))
        reply.end()
        let heard = try Heard(reply.bytes)
        #expect(String(decoding: heard.text, as: UTF8.self) == "ab\n[31mc\tdef\u{A0}g")
        #expect(heard.isComplete)
    }

    @Test(
        "refuses what is not UTF-8",
        arguments: [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x28], [0xFF], [0xF0, 0x80, 0x80, 0x80]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        for lead in ["", "abcdefgh", "ä", "abcdefghijklm"] {
            var reply = Reply()
            reply.text(Array(lead.utf8) + bytes + Array("tail".utf8))
            reply.end()
            #expect(throws: ConversionError.self) { try Heard(reply.bytes) }
        }
    }

    @Test("refuses text that ends within a character")
    func endsWithinACharacter() {
        var reply = Reply()
        reply.text([0xE2, 0x82])
        reply.end()
        #expect(throws: ConversionError.self) { try Heard(reply.bytes) }
    }

    @Test("keeps to its limits")
    func limits() {
        var limits = FrameReader.Limits()
        limits.text = 10
        limits.assets = 10
        limits.frames = 5
        var text = Reply()
        text.text(Array("elf zeichen".utf8))
        var assets = Reply()
        assets.put(.assetBegin, Frame.assetBegin(name: "a", mediaType: ""))
        assets.put(.assetChunk, Array(repeating: 0, count: 11))
        var frames = Reply()
        for step in 0..<5 { frames.put(.progress, Frame.progress(UInt64(step))) }
        for (reply, code) in [(text, FailureCode.textLimit), (assets, .assetLimit), (frames, .outputLimit)] {
            let error = #expect(throws: ConversionError.self) { try Heard(reply.bytes, limits) }
            #expect(error?.code == code)
        }
    }

    @Test("refuses names that could leave their folder", arguments: ["", ".", "..", ".hidden", "a/b", "a\\b", "a\u{0}b", "a\nb", "a\u{9B}b"])
    func assetNames(name: String) {
        var reply = Reply()
        reply.put(.assetBegin, Frame.assetBegin(name: name, mediaType: "image/png"))
        #expect(throws: ConversionError.self) { try Heard(reply.bytes) }
    }

    @Test("refuses two assets of one name, bytes outside an asset, and a second format")
    func order() {
        var twice = Reply()
        for _ in 0..<2 {
            twice.put(.assetBegin, Frame.assetBegin(name: "a", mediaType: ""))
            twice.put(.assetEnd, [])
        }
        var outside = Reply()
        outside.put(.assetChunk, [1])
        var formats = Reply()
        for _ in 0..<2 { formats.put(.format, Array("txt".utf8)) }
        var rendition = Reply()
        rendition.text([0x61], rendition: 1)
        var late = Reply()
        late.end()
        late.put(.progress, Frame.progress(1))
        for reply in [twice, outside, formats, rendition, late] { #expect(throws: ConversionError.self) { try Heard(reply.bytes) } }
    }

    @Test("passes on why a document cannot be converted, but no word about this machine")
    func errors() throws {
        var good = Reply()
        good.put(.error, Frame.error(ConversionError(.encrypted, "the document has a password")))
        good.end()
        let heard = try Heard(good.bytes)
        #expect(heard.failure == ConversionError(.encrypted, "the document has a password"))
        #expect(heard.isComplete)
        var bad = Reply()
        bad.put(.error, Frame.error(ConversionError(.diskFull, "pause everything")))
        #expect(throws: ConversionError.self) { try Heard(bad.bytes) }
    }
}
