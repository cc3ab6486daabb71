// SPDX-License-Identifier: Apache-2.0

/// The header fields of a MIME entity (RFC 822, 2045), by lower-case name; of equal ones the first.
struct MHTMLFields {
    private(set) var values: [String: String] = [:]

    static func split(_ entity: ByteSlice) -> (fields: MHTMLFields, body: ByteSlice) {
        var fields = MHTMLFields()
        var name = ""
        var place = 0
        while place < entity.count {
            let end = entity[place...].firstIndex(of: 0x0A) ?? entity.count
            let line = entity[slice: place..<end]
            place = min(entity.count, end + 1)
            let trimmed = line.trimmed
            if trimmed.isEmpty { break }
            if let first = line.first, ByteSlice.isSpace(first) {
                // A folded line goes on with the field before it.
                if !name.isEmpty, fields.values[name, default: ""].utf8.count < 100_000 { fields.values[name, default: ""] += " " + trimmed.string }
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let key = String(decoding: line[slice: 0..<colon].trimmed.map { ByteSlice.lower($0) }, as: UTF8.self)
            name = fields.values[key] == nil ? key : ""
            if !name.isEmpty { fields.values[key] = line[slice: (colon + 1)..<line.count].trimmed.string }
        }
        return (fields, entity[slice: place..<entity.count])
    }

    /// `Content-Type` with its parameters, their quotes taken off.
    var type: (mediaType: String, parameters: [String: String]) {
        var pieces: [String] = [""]
        var isQuoted = false
        for character in values["content-type"] ?? "text/plain" {
            if character == "\"" { isQuoted.toggle() } else if character == ";", !isQuoted { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
        }
        var parameters: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            parameters[String(piece[..<equals]).collapsed.lowercased()] = String(piece[piece.index(after: equals)...]).collapsed
        }
        return (pieces[0].collapsed.lowercased(), parameters)
    }
}
