// SPDX-License-Identifier: Apache-2.0

/// Takes a message apart (RFC 2046): header, body, and the parts between boundaries.
///
///     let message = MIMEParser.parse(bytes)
///
/// Nothing is decoded or copied. Boundaries that are missing at the end are made up for, those of the outer part end the
/// inner ones; a multipart part without any boundary stays a part with a body. Messages within a message are not entered.
package struct MIMEParser {
    private var partsLeft = 10_000
    private static let mostDepth = 32

    package static func parse(_ bytes: UnsafeRawBufferPointer) -> MIMEPart {
        var parser = MIMEParser()
        return parser.part(bytes, standard: "text/plain", depth: 0)
    }

    private mutating func part(_ bytes: UnsafeRawBufferPointer, standard: String, depth: Int) -> MIMEPart {
        let headers = MIMEHeaders(bytes, isPart: depth > 0)
        var part = MIMEPart(headers: headers, body: bytes.from(headers.bodyStart), standard: standard)
        guard part.isMultipart, depth < Self.mostDepth else { return part }
        let given = part.type["boundary"].map { Array($0.utf8) } ?? []
        var pieces = Boundary(given).pieces(of: part.body)
        if pieces.spans.isEmpty, let guess = Boundary.guessed(in: part.body) { pieces = guess.pieces(of: part.body) }
        part.isCut = !pieces.isClosed
        let inner = part.mediaType == "multipart/digest" ? "message/rfc822" : "text/plain"
        for span in pieces.spans where partsLeft > 0 {
            partsLeft -= 1
            part.parts.append(self.part(part.body.part(span), standard: inner, depth: depth + 1))
        }
        return part
    }
}

/// The line that parts parts: two hyphens and a word, two more hyphens behind the last part (RFC 2046, 5.1.1).
private struct Boundary {
    let word: [UInt8]

    init(_ word: [UInt8]) {
        self.word = word.last == 0x20 ? Array(word.reversed().drop { $0 == 0x20 }.reversed()) : word
    }

    /// A boundary nobody named: the first line of two hyphens and a word that comes again.
    static func guessed(in body: UnsafeRawBufferPointer) -> Boundary? {
        for line in ByteLines(body).prefix(200) {
            let text = line.bytes.trimmed
            guard text.count > 6, text.count <= 100, text[0] == UInt8(ascii: "-"), text[1] == UInt8(ascii: "-"), !text.contains(0x20) else { continue }
            let boundary = Boundary(Array(text.from(2)))
            if boundary.pieces(of: body).spans.count > 1 || boundary.pieces(of: body).isClosed { return boundary }
        }
        return nil
    }

    func pieces(of body: UnsafeRawBufferPointer) -> (spans: [Range<Int>], isClosed: Bool) {
        var spans: [Range<Int>] = []
        guard !word.isEmpty else { return ([], false) }
        var open: Int?
        for line in ByteLines(body) {
            guard let isLast = match(line.bytes) else { continue }
            // The line end before a boundary belongs to the boundary.
            if let start = open { spans.append(start..<max(start, Self.withoutLineEnd(body, line.start))) }
            open = line.next
            if isLast { return (spans, true) }
        }
        if let start = open, start < body.count { spans.append(start..<body.count) }
        return (spans, false)
    }

    /// nil for any other line; else whether it is the last boundary.
    private func match(_ line: UnsafeRawBufferPointer) -> Bool? {
        guard line.count >= word.count + 2, line[0] == UInt8(ascii: "-"), line[1] == UInt8(ascii: "-"),
            line.part(2..<(word.count + 2)).elementsEqual(word)
        else { return nil }
        let rest = line.from(word.count + 2)
        if rest.count >= 2, rest[0] == UInt8(ascii: "-"), rest[1] == UInt8(ascii: "-") { return true }
        return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? false : nil
    }

    private static func withoutLineEnd(_ body: UnsafeRawBufferPointer, _ end: Int) -> Int {
        guard end > 0 else { return end }
        if body[end - 1] == 0x0A { return end > 1 && body[end - 2] == 0x0D ? end - 2 : end - 1 }
        return body[end - 1] == 0x0D ? end - 1 : end
    }
}
