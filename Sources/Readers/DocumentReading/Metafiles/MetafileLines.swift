// SPDX-License-Identifier: Apache-2.0

/// One text as it is drawn: where it begins, how far it reaches, and how high its letters are.
struct MetafilePiece {
    var text: String
    var x: Double
    var y: Double
    var width: Double
    var height: Double
}

/// The pieces of one picture, within bounds.
struct MetafilePieces {
    private(set) var all: [MetafilePiece] = []
    private var room = 64 << 10
    private static let most = 20_000

    var isEmpty: Bool { all.isEmpty }

    /// Takes a text at its place; `width` is what the record says, or nil.
    mutating func add(_ text: String, x: Double, y: Double, width: Double?, height: Double, _ space: MetafileSpace) {
        guard all.count < Self.most, room > 0 else { return }
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }))
        guard shown.contains(where: { !$0.isWhitespace }) else { return }
        room -= shown.utf8.count
        let place = space.place(x, y)
        // Half the height is what a letter takes on average.
        let letters = Double(shown.count) * height / 2
        all.append(MetafilePiece(text: shown, x: place.x, y: place.y, width: (width ?? letters) * space.across, height: max(height * space.down, 0.001)))
    }

    mutating func removeAll() { all = [] }
    mutating func add(_ pieces: MetafilePieces) { all += pieces.all.prefix(max(0, Self.most - all.count)) }
}

/// Puts drawn pieces together into lines.
enum MetafileLines {
    static func lines(_ pieces: [MetafilePiece]) -> [String] {
        var lines: [[MetafilePiece]] = []
        for piece in pieces.sorted(by: { ($0.y, $0.x) < ($1.y, $1.x) }) {
            if let last = lines.last, let first = last.first, piece.y - first.y < min(first.height, piece.height) / 2 {
                lines[lines.count - 1].append(piece)
            } else {
                lines.append([piece])
            }
        }
        return lines.map { joined($0.sorted { $0.x < $1.x }) }.filter { !$0.isEmpty }
    }

    /// Pieces that follow close on each other are one word; a shadow, drawn once more beside the text, is left out.
    private static func joined(_ line: [MetafilePiece]) -> String {
        var text = ""
        var end = -Double.infinity
        var last: MetafilePiece?
        for piece in line {
            if let last, last.text == piece.text, abs(piece.x - last.x) < min(piece.height, last.height) / 4 { continue }
            if !text.isEmpty, piece.x - end > piece.height / 5, text.last?.isWhitespace == false, piece.text.first?.isWhitespace == false { text += " " }
            text += piece.text
            end = piece.x + piece.width
            last = piece
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
