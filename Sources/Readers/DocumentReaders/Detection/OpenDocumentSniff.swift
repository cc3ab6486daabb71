// SPDX-License-Identifier: Apache-2.0

/// Tells OpenDocument files by their media type (ODF 1.3 part 2, 3.3; part 3, 19.385).
enum OpenDocumentSniff {
    /// The format's name by the media type of a package.
    static func kind(mediaType: String) -> String? {
        guard mediaType.hasPrefix("application/vnd.oasis.opendocument.") else { return nil }
        let kind = mediaType.dropFirst(35)
        return kinds.first { kind.hasPrefix($0.0) }?.1
    }

    /// The format's name when the text is a flat document: everything in one `office:document`.
    static func kind(ofFlat start: ArraySlice<UInt8>, hint: String?) -> String? {
        let text = String(decoding: start.prefix(4_096), as: UTF8.self)
        guard text.contains("<office:document ") || text.contains("<office:document\n") || text.contains("<office:document\r") else { return nil }
        for (ending, kind) in kinds where text.contains("application/vnd.oasis.opendocument." + ending) { return kind }
        return kinds.contains { $0.1 == hint } ? hint : "odt"
    }

    private static let kinds = [("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"), ("graphics", "odp"), ("formula", "odt")]
}
