// SPDX-License-Identifier: Apache-2.0
import Conversion
import ConversionProtocol
import Testing

@Suite("a package whose directory is damaged")
struct SalvageTests {
    static let packages = ["docx/outline/input.docx", "xlsx/tables-apart/input.xlsx", "xlsb/values-as-shown/input.xlsb", "pptx/deck/input.pptx", "odt/package/input.odt", "epub/book/input.epub"]

    /// Ways to lose the list of members, which begins at `start`.
    static let damages: [(name: String, damage: @Sendable ([UInt8], Int) -> [UInt8])] = [
        ("cut off", { Array($0[..<$1]) }),
        ("blank", { Array($0[..<$1]) + [UInt8](repeating: 0, count: $0.count - $1) }),
        ("overwritten at its beginning", { bytes, start in
            var bytes = bytes
            bytes[start + 1] ^= 0xFF
            return bytes
        }),
        ("of the wrong places", { bytes, start in
            var bytes = bytes, at = start
            while bytes[at..<(at + 4)].elementsEqual([0x50, 0x4B, 1, 2]) {
                let length = [28, 30, 32].reduce(46) { $0 + Int(bytes[at + $1]) + Int(bytes[at + $1 + 1]) << 8 }
                bytes.replaceSubrange((at + 42)..<(at + 46), with: [0x39, 0x30, 0, 0])
                at += length
            }
            return bytes
        }),
    ]

    @Test("gives the same text, and says so", arguments: packages)
    func salvaged(_ name: String) async throws {
        let bytes = try Self.bytes(name)
        let start = try #require(bytes.indices.dropLast(4).first { bytes[$0..<($0 + 4)].elementsEqual([0x50, 0x4B, 1, 2]) })
        let sound = try await Self.convert(bytes, name)
        #expect(!sound.text.isEmpty)
        for (way, damage) in Self.damages {
            let salvaged = try await Self.convert(damage(bytes, start), name)
            #expect(salvaged.text == sound.text, "\(way)")
            #expect(salvaged.losses == ["zip-directory-salvaged"] + sound.losses, "\(way)")
        }
    }

    @Test("that counts wrong, or that stands behind something else, is no damage", arguments: packages)
    func tolerated(_ name: String) async throws {
        let bytes = try Self.bytes(name)
        let sound = try await Self.convert(bytes, name)
        var wrong = bytes
        wrong.replaceSubrange((bytes.count - 14)..<(bytes.count - 10), with: [1, 0, 1, 0])
        #expect(try await Self.convert(wrong, name) == sound)
        #expect(try await Self.convert([1, 2, 3, 0, 0] + bytes, name) == sound)
    }

    static func convert(_ bytes: [UInt8], _ name: String) async throws -> (text: String, losses: [String]) {
        let request = ConversionRequest(job: JobID(milliseconds: 0), name: Array((name.split(separator: "/").last ?? "").utf8))
        let receiver = CollectingReceiver()
        let reply = try await InlineEngine().convert(request, input: .bytes(bytes), into: receiver)
        return (String(decoding: receiver.texts[0] ?? [], as: UTF8.self), reply.losses.map(\.code))
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        return try #require(GoldenFiles.read(folder + "/Golden/" + name))
    }
}
