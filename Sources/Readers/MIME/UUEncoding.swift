// SPDX-License-Identifier: Apache-2.0

/// Files in text between `begin 644 name` and `end` (POSIX, uuencode).
package enum UUEncoding {
    package struct File {
        package var name: String
        package var bytes: [UInt8]
        /// The lines it takes up in the text.
        package var lines: Range<Int>
    }

    package static func decoded(_ bytes: UnsafeRawBufferPointer) -> File? {
        var lines = ByteLines(bytes)
        while let line = lines.next() {
            if let name = name(inBegin: line.bytes) { return body(name, from: line.start, &lines) }
        }
        return nil
    }

    /// All files of a text, none where there is no complete one.
    package static func files(in bytes: UnsafeRawBufferPointer) -> [File] {
        var found: [File] = []
        var lines = ByteLines(bytes)
        while found.count < 100, let line = lines.next() {
            guard let name = name(inBegin: line.bytes) else { continue }
            var inner = lines
            guard let file = body(name, from: line.start, &inner), !file.bytes.isEmpty else { continue }
            lines = inner
            found.append(file)
        }
        return found
    }

    private static func name(inBegin line: UnsafeRawBufferPointer) -> String? {
        guard line.count > 10, line.hasKeyword("begin "), line[0] == UInt8(ascii: "b") else { return nil }
        var at = 6
        while at < line.count, line[at] >= UInt8(ascii: "0"), line[at] <= UInt8(ascii: "7") { at += 1 }
        guard at == 9 || at == 10, at < line.count, line[at] == 0x20 else { return nil }
        let name = String(decoding: EncodedWords.text(Array(line.from(at + 1).trimmed), nil), as: UTF8.self)
        return name.isEmpty ? nil : name
    }

    /// Lines up to `end`; one that is no data ends the file as well.
    private static func body(_ name: String, from start: Int, _ lines: inout ByteLines) -> File? {
        var out: [UInt8] = []
        var end = start
        while let line = lines.next() {
            end = line.next
            if line.bytes.hasKeyword("end"), line.bytes.trimmed.count == 3 { break }
            guard let first = line.bytes.first, first >= 0x20, first <= 0x60 else { break }
            let count = Int((first &- 0x20) & 63)
            guard count <= line.bytes.count, line.bytes.count <= 90 else { break }
            out += group(line.bytes.dropFirst(), count: count)
        }
        return File(name: name, bytes: out, lines: start..<end)
    }

    /// The bytes of one line; digits that were cut off at its end are zero.
    private static func group(_ digits: Slice<UnsafeRawBufferPointer>, count: Int) -> [UInt8] {
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var held = 0
        for byte in digits.prefix((count + 2) / 3 * 4) {
            bits = bits << 6 | UInt32((byte &- 0x20) & 63)
            held += 6
            if held >= 8 {
                held -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> held))
            }
        }
        return Array(out.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - out.count))
    }
}
