// SPDX-License-Identifier: Apache-2.0

/// Alternative texts as people wrote them: without what programs put in their place.
enum OOXMLAlternative {
    /// A description on one line, without the note that a machine wrote it; empty when it is but the picture's file name.
    static func text(_ description: String?, _ title: String?) -> String {
        let own = line(description ?? "")
        let text = own.isEmpty ? line(title ?? "") : own
        guard !isFileName(text), !isGeneric(text) else { return "" }
        for note in notes where text.hasSuffix(note) { return String(text.dropLast(note.count)).trimmed }
        return text
    }

    private static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// What Office appends to a description of its own.
    private static let notes = ["AI-generated content may be incorrect.", "Description automatically generated"]

    /// What programs write where nobody described anything: `Picture`, `Image 2`.
    private static func isGeneric(_ text: String) -> Bool {
        let word = text.prefix { $0.isLetter }.lowercased()
        return ["picture", "image", "graphic", "grafik", "bild", "photo"].contains(word) && text.dropFirst(word.count).allSatisfy { $0 == " " || $0.isNumber }
    }

    private static func isFileName(_ text: String) -> Bool {
        guard !text.contains(" ") || text.contains("\\") || text.contains("/") else { return false }
        let name = text.lowercased()
        return [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".webp"].contains { name.hasSuffix($0) }
    }
}
