// SPDX-License-Identifier: Apache-2.0
import DocumentReading

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
        guard start.first == UInt8(ascii: "<") else { return nil }
        return start.prefix(4_096).withUnsafeBytes { bytes in
            func holds(_ text: String) -> Bool { ByteSearch.first(Array(text.utf8), in: bytes) != nil }
            guard [" ", "\n", "\r"].contains(where: { holds("<office:document" + $0) }) else { return nil }
            for (ending, kind) in kinds where holds("application/vnd.oasis.opendocument." + ending) { return kind }
            return kinds.contains { $0.1 == hint } ? hint : "odt"
        }
    }

    private static let kinds = [("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"), ("graphics", "odp"), ("formula", "odt")]
}
