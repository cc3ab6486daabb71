// SPDX-License-Identifier: Apache-2.0
import Conversion
import ConversionProtocol
import Testing

@Suite("document converter")
struct DocumentConverterTests {
    static func convert(
        _ text: String, _ name: String, _ formats: [OutputFormat], images: ImagePolicy = .assets
    ) async throws -> (texts: [String], reply: ConversionReply, assets: [String: [UInt8]]) {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array(name.utf8))
        request.options.formats = formats
        request.options.images = images
        let receiver = CollectingReceiver()
        let reply = try await InlineEngine().convert(request, input: .bytes(Array(text.utf8)), into: receiver)
        return (formats.indices.map { String(decoding: receiver.texts[$0] ?? [], as: UTF8.self) }, reply, receiver.assets)
    }

    @Test("several formats come from one document, in the order asked for")
    func formats() async throws {
        let result = try await Self.convert("# Hi\n\n*you*\n", "a.md", [.text, .markdown, .html])
        #expect(result.texts[1] == "# Hi\n\n*you*\n")
        #expect(result.texts[0].hasPrefix("Hi\n"))
        #expect(result.texts[2].contains("<h1>Hi</h1>"))
        #expect(result.reply.detectedFormat == "md")
        #expect(result.reply.textBytes == result.texts.map { UInt64($0.utf8.count) })
    }

    @Test("every format has a name that may cross the wall")
    func names() {
        for format in DocumentConverter.formats { #expect(PlainStrings.isCode(format.name), "\(format.name)") }
    }

    @Test("the same document gives the same bytes", arguments: OutputFormat.allCases)
    func determinism(_ format: OutputFormat) async throws {
        let page = "<h1>T</h1><table><tr><td rowspan=2>a<td>b<tr><td>c</table><p>x <b>y</b>"
        let first = try await Self.convert(page, "p.html", [format])
        #expect(try await Self.convert(page, "p.html", [format]).texts == first.texts)
    }

    @Test("a document with content but without text is never a quiet success", arguments: OutputFormat.allCases)
    func emptyText(_ format: OutputFormat) async throws {
        let result = try await Self.convert("<!DOCTYPE html><html><script>1</script></html>", "p.html", [format])
        #expect(result.reply.losses.contains { $0.code == "empty-text" })
    }

    @Test("pictures are assets, linked by a relative, percent-encoded folder, and only when asked for")
    func assets() async throws {
        let page = "<!DOCTYPE html><p>x <img alt=dot src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'>"
        let result = try await Self.convert(page, "a b.html", [.markdown])
        let name = try #require(result.assets.keys.first)
        #expect(result.texts[0] == "x ![dot](a%20b.html.assets/\(name))\n")
        #expect(result.reply.assets.first?.mediaType == "image/gif")
        #expect(try await Self.convert(page, "a b.html", [.markdown], images: .none).assets.isEmpty)
    }

    @Test("a failure keeps its kind: unreadable, protected, of no known format")
    func failures() async {
        await #expect(throws: ConversionError(.malformed, "an empty file is no ZIP package")) { try await Self.convert("", "a.docx", [.markdown]) }
        await #expect(throws: ConversionError(.unsupported, "content is ps, which no reader takes")) { try await Self.convert("%!PS-Adobe-3.0", "a", [.markdown]) }
    }

    @Test("text beyond the limit ends the conversion")
    func outputLimit() async {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array("a.txt".utf8))
        request.limits.textBytes = 10
        request.limits.textRatio = 0
        let big = [UInt8](repeating: 0x61, count: 2 << 20)
        await #expect { try await InlineEngine().convert(request, input: .bytes(big), into: CollectingReceiver()) } throws: {
            ($0 as? ConversionError)?.code == .textRatio
        }
    }

    @Test("a row of very many fields is cut, not blown up, and counts as text")
    func monstrousRow() async throws {
        let result = try await Self.convert(String(repeating: "a,", count: 200_000), "a.csv", [.markdown])
        #expect(result.texts[0].utf8.count < 400_000)
        #expect(result.reply.losses.contains { $0.code == "csv-row-cut" })
        #expect(!result.reply.losses.contains { $0.code == "empty-text" })
    }
}
