// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import TextDecoding

/// The parts of a web archive by what the page calls them: `Content-ID` or `Content-Location`.
final class MHTMLArchive: HTMLHost {
    struct Part {
        var mediaType = "text/plain"
        var charset: String?
        var location = ""
        var id = ""
        var encoding = ""
        var content = ByteSlice(start: nil, count: 0)

        var body: [UInt8] {
            switch encoding {
            case "base64": Base64Text.bytes(content)
            case "quoted-printable": MHTMLArchive.quotedPrintable(content)
            default: Array(content)
            }
        }
    }

    private(set) var parts: [Part] = []
    /// The page itself.
    private(set) var root: Part?
    private(set) var isCut = false
    private var places: [String: Int] = [:]
    private let mostParts: Int

    init(_ bytes: ByteSlice, mostParts: Int, mostDepth: Int) {
        self.mostParts = mostParts
        let start = read(bytes, depth: mostDepth)
        for (index, part) in parts.enumerated() {
            for name in [part.location, part.id.isEmpty ? "" : "cid:" + part.id] where !name.isEmpty && places[name] == nil { places[name] = index }
        }
        let pages = parts.filter { Self.isPage($0) }
        root = pages.first { !start.isEmpty && $0.id == start } ?? pages.first
    }

    /// Pages beside the root.
    var frames: Int { max(0, parts.count { Self.isPage($0) } - 1) }

    private static func isPage(_ part: Part) -> Bool { part.mediaType == "text/html" || part.mediaType == "application/xhtml+xml" }

    func resource(at address: String) -> HTMLResource {
        guard let index = places[address] ?? places[WebAddress.percentDecoded(address)] else { return address.hasPrefix("cid:") ? .missing : .elsewhere }
        return .here(parts[index].body, mediaType: parts[index].mediaType)
    }

    // MARK: MIME (RFC 2045, 2046)

    /// Adds what the entity holds; returns the `start` parameter of the outermost multipart.
    private func read(_ entity: ByteSlice, depth: Int) -> String {
        let (fields, body) = MHTMLFields.split(entity)
        let type = fields.type
        guard type.mediaType.hasPrefix("multipart/"), let boundary = type.parameters["boundary"], depth > 0 else {
            guard parts.count < mostParts else { return "" }
            parts.append(Part(
                mediaType: type.mediaType, charset: type.parameters["charset"], location: fields.values["content-location"] ?? "",
                id: Self.bare(fields.values["content-id"] ?? ""), encoding: fields.values["content-transfer-encoding"]?.lowercased() ?? "", content: body))
            return ""
        }
        for part in split(body, at: Array("--\(boundary)".utf8)) { _ = read(part, depth: depth - 1) }
        return Self.bare(type.parameters["start"] ?? "")
    }

    private static func bare(_ id: String) -> String { id.hasPrefix("<") && id.hasSuffix(">") ? String(id.dropFirst().dropLast()) : id }

    /// What stands between the lines that begin with the boundary; the last one has two more hyphens.
    private func split(_ body: ByteSlice, at boundary: [UInt8]) -> [ByteSlice] {
        var found: [ByteSlice] = []
        var start: Int?
        var at = 0
        let raw = UnsafeRawBufferPointer(body)
        while let place = ByteSearch.first(boundary, in: raw, from: at) {
            at = place + boundary.count
            guard place == 0 || body[place - 1] == 0x0A else { continue }
            if let start {
                // The line end before a boundary belongs to the boundary.
                var end = place
                if end > start, body[end - 1] == 0x0A { end -= 1 }
                if end > start, body[end - 1] == 0x0D { end -= 1 }
                found.append(body[slice: start..<end])
            }
            if at + 1 < body.count, body[at] == UInt8(ascii: "-"), body[at + 1] == UInt8(ascii: "-") { return found }
            start = min(body.count, (body[at...].firstIndex(of: 0x0A) ?? body.count - 1) + 1)
            guard found.count < mostParts else { return found }
        }
        isCut = true
        if let start { found.append(body[slice: start..<body.count]) }
        return found
    }

    /// RFC 2045, 6.7; what is no escape stays as it is.
    private static func quotedPrintable(_ text: ByteSlice) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "=") else {
                result.append(text[index])
                index += 1
                continue
            }
            if index + 2 < text.count, let high = HTMLDataAddress.digit(text[index + 1]), let low = HTMLDataAddress.digit(text[index + 2]) {
                result.append(high << 4 | low)
                index += 3
                continue
            }
            // A soft line end, with the white space that may stand before it.
            var end = index + 1
            while end < text.count, text[end] == 0x20 || text[end] == 0x09 || text[end] == 0x0D { end += 1 }
            if end >= text.count || text[end] == 0x0A {
                index = end + 1
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}
