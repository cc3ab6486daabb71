// SPDX-License-Identifier: Apache-2.0
import FileAccess
public import SystemPackage

/// A guess at what a file is, from its first bytes, then from its name. For filters; workers look more closely.
public enum MediaType {
    /// Bytes worth reading for `of`.
    public static let headSize = 512

    public static func of(head: [UInt8], name: FilePath) -> String {
        let byName = named[fileExtension(name)]
        for (offset, mark, type) in marks where head.dropFirst(offset).starts(with: mark) {
            // Packages and compound files hold many formats: the name tells which.
            if containers.contains(type), let byName, !byName.hasPrefix("text/") { return byName }
            return type
        }
        let isText = !head.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0C && $0 != 0x0D && $0 != 0x1B }
        if isText { return byName ?? "text/plain" }
        return byName.flatMap { $0.hasPrefix("text/") ? nil : $0 } ?? "application/octet-stream"
    }

    /// Whether a type fits a pattern such as `image/*`.
    public static func matches(_ type: String, _ pattern: String) -> Bool {
        if pattern == "*/*" || pattern == "*" { return true }
        if pattern.hasSuffix("/*") { return type.lowercased().hasPrefix(pattern.lowercased().dropLast()) }
        return type.lowercased() == pattern.lowercased()
    }

    private static func fileExtension(_ name: FilePath) -> String { name.extension?.lowercased() ?? "" }

    private static let containers: Set<String> = ["application/zip", "application/x-ole-storage", "text/xml", "application/gzip"]

    /// Offset, bytes there, type. Sources: the formats' own specifications.
    private static let marks: [(Int, [UInt8], String)] = [
        (0, Array("%PDF-".utf8), "application/pdf"),
        (0, [0x50, 0x4B, 3, 4], "application/zip"), (0, [0x50, 0x4B, 5, 6], "application/zip"),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/x-ole-storage"),
        (0, Array("{\\rtf".utf8), "application/rtf"),
        (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"), (0, Array("GIF8".utf8), "image/gif"),
        (0, [0x49, 0x49, 0x2A, 0], "image/tiff"), (0, [0x4D, 0x4D, 0, 0x2A], "image/tiff"),
        (8, Array("WEBP".utf8), "image/webp"), (0, Array("BM".utf8), "image/bmp"),
        (0, [0x1F, 0x8B], "application/gzip"), (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        (257, Array("ustar".utf8), "application/x-tar"),
        (60, Array("BOOKMOBI".utf8), "application/x-mobipocket-ebook"),
        (8, Array("WAVE".utf8), "audio/wav"), (0, Array("ID3".utf8), "audio/mpeg"), (0, Array("fLaC".utf8), "audio/flac"),
        (0, [0xEF, 0xBB, 0xBF] + Array("<?xml".utf8), "text/xml"), (0, Array("<?xml".utf8), "text/xml"),
        (0, Array("<!DOCTYPE html".utf8), "text/html"), (0, Array("<!doctype html".utf8), "text/html"), (0, Array("<html".utf8), "text/html"),
    ]

    private static let named: [String: String] = [
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "odp": "application/vnd.oasis.opendocument.presentation", "epub": "application/epub+zip",
        "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
        "msg": "application/vnd.ms-outlook", "svg": "image/svg+xml", "xhtml": "application/xhtml+xml",
        "rss": "application/rss+xml", "atom": "application/atom+xml", "tgz": "application/gzip",
        "html": "text/html", "htm": "text/html", "xml": "text/xml", "md": "text/markdown", "txt": "text/plain",
        "csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/json", "jsonl": "application/jsonl",
        "ipynb": "application/x-ipynb+json", "eml": "message/rfc822", "vcf": "text/vcard", "ics": "text/calendar",
        "vtt": "text/vtt", "srt": "application/x-subrip", "tex": "text/x-tex", "rst": "text/x-rst", "org": "text/x-org",
        "mobi": "application/x-mobipocket-ebook", "azw3": "application/vnd.amazon.mobi8-ebook", "xps": "application/vnd.ms-xpsdocument",
        "oxps": "application/oxps", "nxml": "application/jats+xml", "docbook": "application/docbook+xml", "opml": "text/x-opml",
        "m4a": "audio/mp4", "mp3": "audio/mpeg",
    ]
}
