// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

/// Decides what a document is: by its content first, then by the media type or the name somebody gave it.
///
///     bytes ─ Signature ▶ binary kind ─ ZIPNames, CompoundKind ▶ office format
///           ├ MailSniff ▶ messages and mailboxes
///           └ TextSniff ▶ HTML, XML, JSON, delimited text; else the hint; else plain text
package enum Detection {
    /// - Throws: `unsupported` with the kind's name where no reader takes it, `encrypted`, or `malformed` where the
    ///   name promises a package and the bytes are none.
    package static func format(of source: Source) throws(ReadError) -> Format {
        if let kind = Signature.kind(of: source.bytes) {
            switch kind {
            case "zip": return try registered(ZIPNames.kind(in: source.bytes, hint: source.nameExtension))
            case "ole": return try registered(try CompoundKind.kind(of: source.bytes))
            default: return try registered(kind)
            }
        }
        let hint = hinted(source)
        if let kind = MailSniff.kind(of: source, hint: hint) { return try registered(kind) }
        let isText = TextSniff.isText(source.bytes, mayHoldZeros: hint.map { texts.contains($0.name) } ?? false)
        if let package = packages[source.nameExtension], !isText || source.bytes.isEmpty {
            // Something stands before the archive.
            if package == zipPackage, Signature.endsAsZIP(source.bytes) { return try registered(ZIPNames.kind(in: source.bytes, hint: source.nameExtension)) }
            throw .malformed(source.bytes.isEmpty ? "an empty file is no \(package)" : "content is no \(package)")
        }
        if hint?.name == "url", source.bytes.starts(with: "bplist00".utf8) { return try registered("url") }
        guard isText else { throw .unsupported("content is binary data of no known kind") }
        if hint == nil, Self.envelopes.contains(source.nameExtension) { return try registered(source.nameExtension) }
        return try registered(TextSniff.kind(of: source.bytes, hint: textHint(hint, source)))
    }

    /// What the name says of a text. Text under the name of a binary format that office programs open all the same, as tables that
    /// websites export as `xls`, is what it seems; a package that is text is none.
    private static func textHint(_ hint: Format?, _ source: Source) -> String? {
        guard let name = hint?.name else { return nil }
        switch name {
        case "doc", "xls", "msg": return nil
        // Many names end in a number.
        case "man" where source.nameExtension.first?.isNumber ?? true: return MarkupSniff.isManualPage(Array(source.bytes.prefix(4_096))[...]) ? name : nil
        // Keys are kept under the extension of presentations.
        case "pages": return nil
        case "rtf":
            // A mark that does not stand at the very start is still one.
            let head = UnsafeRawBufferPointer(rebasing: source.bytes.prefix(1_024))
            return ByteSearch.first(Array("{\\rtf".utf8), in: head) != nil ? name : nil
        default: return name
        }
    }

    private static func hinted(_ source: Source) -> Format? {
        Readers.format(extension: source.nameExtension) ?? source.mediaType.flatMap { Readers.format(mediaType: $0) }
    }

    private static func registered(_ name: String) throws(ReadError) -> Format {
        guard let format = Readers.format(named: name) else { throw .unsupported("content is \(name), which no reader takes") }
        return format
    }

    /// Formats of text, whose files hold zeros where a machine stopped while it wrote, or a program miscounted.
    private static let texts: Set<String> = ["txt", "log", "csv", "md", "html", "xml", "json", "srt", "vtt", "rst", "org", "adoc", "tex", "ini", "yaml", "toml", "source"]

    /// Text that is only readable once it is unpacked.
    private static let envelopes: Set<String> = ["mht", "mhtml"]

    private static let zipPackage = "ZIP package"

    /// Names that promise a package, and which.
    private static let packages: [String: String] = {
        var table: [String: String] = [:]
        for name in ["docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "ppsx", "ppsm", "potx", "potm", "vsdx", "vsdm", "odt", "ods", "odp", "epub", "zip"] {
            table[name] = zipPackage
        }
        for name in ["doc", "xls", "ppt", "msg"] { table[name] = "compound file" }
        table["pdf"] = "PDF document"
        return table
    }()
}
