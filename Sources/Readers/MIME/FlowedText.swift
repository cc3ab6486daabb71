// SPDX-License-Identifier: Apache-2.0

/// A mail's text by lines, each with the number of quotation marks before it; flowed lines joined (RFC 3676).
package enum FlowedText {
    package struct Line: Sendable, Hashable {
        package var depth: Int
        package var text: String
    }

    /// `text` is UTF-8 with newlines. Without `isFlowed` each line is one of its own.
    package static func lines(_ text: UnsafeBufferPointer<UInt8>, isFlowed: Bool, dropsSpaces: Bool) -> [Line] {
        var lines: [Line] = []
        var flows = false
        for var line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let depth = isFlowed ? strictDepth(&line) : looseDepth(&line)
            guard isFlowed else {
                lines.append(Line(depth: depth, text: String(decoding: line, as: UTF8.self)))
                continue
            }
            if line.first == 0x20 { line = line.dropFirst() }
            let isSignature = line.elementsEqual("-- ".utf8)
            let continues = !isSignature && line.last == 0x20
            if continues, dropsSpaces { line = line.dropLast() }
            let content = String(decoding: line, as: UTF8.self)
            if flows, !isSignature, let last = lines.indices.last, lines[last].depth == depth {
                lines[last].text += content
            } else {
                lines.append(Line(depth: depth, text: content))
            }
            flows = continues
        }
        return lines
    }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// RFC 3676, 4.5: marks without blanks between them.
    private static func strictDepth(_ line: inout Bytes) -> Int {
        var depth = 0
        while line.first == UInt8(ascii: ">") {
            line = line.dropFirst()
            depth += 1
        }
        return depth
    }

    /// `> >` and `>>`, with one blank behind each mark.
    private static func looseDepth(_ line: inout Bytes) -> Int {
        var depth = 0
        while line.first == UInt8(ascii: ">") {
            line = line.dropFirst()
            depth += 1
            if line.first == 0x20 { line = line.dropFirst() }
        }
        return depth
    }
}
