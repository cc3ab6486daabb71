// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol

/// A converter of one's own: how many lines, words and bytes a text has.
///
/// A line `#busy N` keeps it computing for N milliseconds and `#idle N` waiting, for the benchmark.
struct WordCount: Converter {
    func convert(
        _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
    ) throws(ConversionError) {
        try reply.format("txt")
        let (lines, words) = Self.count(bytes)
        if bytes.first == UInt8(ascii: "#") { Load(bytes).carryOut() }
        let text = Array("\(lines) lines, \(words) words, \(bytes.count) bytes\n".utf8)
        for rendition in request.options.formats.indices {
            try text.span.bytes.withUnsafeBytes { (text) throws(ConversionError) in try reply.text(text, rendition: rendition) }
        }
    }

    private static func count(_ bytes: UnsafeRawBufferPointer) -> (lines: Int, words: Int) {
        var (lines, words, isInWord) = (0, 0, false)
        for byte in bytes {
            if byte == 0x0A { lines += 1 }
            let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isSpace && !isInWord { words += 1 }
            isInWord = !isSpace
        }
        return (lines, words)
    }
}
