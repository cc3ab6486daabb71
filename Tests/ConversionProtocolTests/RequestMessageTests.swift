// SPDX-License-Identifier: Apache-2.0
import CLinux
import Testing

@testable import ConversionProtocol

@Suite("a request on its way")
struct RequestMessageTests {
    private static let request: ConversionRequest = {
        var request = ConversionRequest(job: JobID(milliseconds: 1_700_000_000_000), name: [0x61, 0xFF, 0x2E, 0x78], mediaType: "text/csv")
        request.options.formats = [.json, .chunks, .markdown]
        request.options.frontMatter = true
        request.options.mainContent = true
        request.options.images = .inline
        request.options.tables = .html
        request.options.headingOffset = -2
        request.options.wrap = 80
        request.options.labels = .fr
        request.options.chunkTokens = 300
        request.limits.cpuMilliseconds = 1_234
        request.limits.xmlDepth = 99
        return request
    }()

    @Test("arrives as it was sent, with the document behind it")
    func roundTrip() throws {
        let message = RequestMessage(request: Self.request, inputSize: 5, isInline: true)
        try (message.encoded() + Array("hello".utf8)).withUnsafeBytes { bytes in
            let (back, input) = try #require(RequestMessage.decode(bytes))
            #expect(back.request == Self.request)
            #expect(Array(input) == Array("hello".utf8))
        }
    }

    @Test("has limits that are words and nothing else")
    func limitsAreWords() {
        #expect(MemoryLayout<ConversionLimits>.size == Mirror(reflecting: ConversionLimits()).children.count * 8)
        #expect(Mirror(reflecting: ConversionLimits()).children.allSatisfy { $0.value is UInt64 })
    }

    @Test("is nothing when it is cut or of another version")
    func cut() {
        let whole = RequestMessage(request: Self.request, inputSize: 9, isInline: false).encoded()
        for length in whole.indices { whole.prefix(length).withUnsafeBytes { #expect(RequestMessage.decode($0) == nil) } }
        var other = whole
        other[4] += 1
        other.withUnsafeBytes { #expect(RequestMessage.decode($0) == nil) }
    }

    @Test("the checksum is CRC-32C, by instruction and by table")
    func checksum() {
        let nine = Array("123456789".utf8)
        #expect(linux_crc32c(0, nine, 9) == 0xE306_9283)
        #expect(linux_crc32c_by_table(0, nine, 9) == 0xE306_9283)
        let long = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        #expect(linux_crc32c(linux_crc32c(0, long, 333), Array(long.dropFirst(333)), 667) == linux_crc32c_by_table(0, long, 1_000))
    }

    @Test("text is scanned at full speed (printed, not judged)")
    func scanRate() {
        for (name, unit) in [("ASCII", "The quick brown fox jumps over the lazy dog, twice a day.\n"), ("mixed", "Größe und Maß: 12 €, ñandú, 日本語のテキスト。\n")] {
            let text = Array(String(repeating: unit, count: 200_000).utf8)
            let before = linux_monotonic_ns()
            text.withUnsafeBytes { #expect(TextScan.run($0) == (text.count, .end)) }
            let seconds = Double(linux_monotonic_ns() - before) / 1e9
            print("text scan, \(name): \(Int(Double(text.count) / seconds / 1e6)) MB/s")
        }
    }
}
