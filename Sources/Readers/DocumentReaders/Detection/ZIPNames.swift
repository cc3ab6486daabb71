// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// What a ZIP file is, told by the names of its members: office package, book or plain archive.
///
/// Reads the central directory (APPNOTE 4.3.12); where it is missing, the local headers, so that a truncated package
/// is still told by name and its reader can say what is wrong.
enum ZIPNames {
    static func kind(in bytes: UnsafeRawBufferPointer, hint: String) -> String {
        var names = ZIPNameScan(bytes: bytes)
        names.read()
        if let found = names.found { return found }
        if let type = names.mimetype {
            if type.hasPrefix("application/epub+zip") { return "epub" }
            if let kind = OpenDocumentSniff.kind(mediaType: type) { return kind }
        }
        if names.hasContainer { return "epub" }
        // Numbers' documents look alike, and are tables.
        if names.hasIWork, hint != "numbers" { return "pages" }
        if names.hasIndex, hint == "pages" || hint == "key" { return "pages" }
        if names.count == 1, names.hasBook { return "fb2" }
        if let found = names.foundPart { return found }
        // A package of which too little is left to be told by it; the media type's member of others may be missing or packed.
        if let promised = Readers.format(extension: hint)?.name {
            if ["docx", "xlsx", "xlsb", "pptx"].contains(promised), names.hasContentTypes || !names.hasDirectory { return promised }
            if ["odt", "ods", "odp"].contains(promised), names.hasContentPart || !names.hasDirectory { return promised }
        }
        return "zip"
    }
}

private struct ZIPNameScan {
    let bytes: UnsafeRawBufferPointer
    /// By its main part.
    private(set) var found: String?
    /// By a slide or a sheet: the main part may be lost.
    private(set) var foundPart: String?
    private(set) var hasDirectory = false
    private(set) var mimetype: String?
    private(set) var hasContentTypes = false
    private(set) var hasContentPart = false
    /// Open container format, whose one user are EPUB books.
    private(set) var hasContainer = false
    private(set) var hasBook = false
    private(set) var hasIWork = false
    private(set) var hasIndex = false
    private(set) var count = 0
    private static let mostNames = 4_096

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func read() {
        if let directory = directory() {
            hasDirectory = true
            entries(from: directory)
        } else {
            localHeaders()
        }
        // APPNOTE 4.3.7: a stored first member "mimetype" has its value right behind the name.
        if bytes.count > 38, name(at: 30, count: 8) == "mimetype" { mimetype = name(at: 38, count: min(80, bytes.count - 38)) }
    }

    private func short(_ at: Int) -> Int { Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self)) }
    private func long(_ at: Int) -> Int { Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)) }
    private func name(at start: Int, count: Int) -> String {
        guard start + count <= bytes.count else { return "" }
        return String(decoding: bytes[start..<(start + count)], as: UTF8.self)
    }

    /// Offset of the central directory, by the end record in the last 64 KiB.
    private func directory() -> Int? {
        guard bytes.count >= 22 else { return nil }
        var at = bytes.count - 22
        let least = max(0, bytes.count - 22 - 65_535)
        while at >= least {
            if bytes[at] == 0x50, long(at) == 0x0605_4B50 {
                // Something may stand before the archive: trust the directory's size before its offset.
                let computed = at - long(at + 12)
                let stated = long(at + 16)
                if computed >= 0, computed + 4 <= bytes.count, long(computed) == 0x0201_4B50 {
                    // Of a file that begins as an archive and is cut off, this is the directory of an archive within it.
                    return computed > stated && long(0) == 0x0403_4B50 ? nil : computed
                }
                return stated + 4 <= bytes.count && long(stated) == 0x0201_4B50 ? stated : nil
            }
            at -= 1
        }
        return nil
    }

    private mutating func entries(from start: Int) {
        var at = start
        for _ in 0..<Self.mostNames where at + 46 <= bytes.count && long(at) == 0x0201_4B50 {
            note(name(at: at + 46, count: short(at + 28)))
            if found != nil { return }
            at += 46 + short(at + 28) + short(at + 30) + short(at + 32)
        }
    }

    private mutating func localHeaders() {
        var at = 0
        for _ in 0..<Self.mostNames where at + 30 <= bytes.count && long(at) == 0x0403_4B50 {
            note(name(at: at + 30, count: short(at + 26)))
            if found != nil { return }
            let next = at + 30 + short(at + 26) + short(at + 28) + long(at + 18)
            guard next < bytes.count, next > at, let place = ByteSearch.first([0x50, 0x4B, 0x03, 0x04], in: bytes, from: next) else { return }
            at = place
        }
    }

    private mutating func note(_ name: String) {
        count += 1
        if name.hasSuffix(".fb2") { hasBook = true }
        switch name {
        case "[Content_Types].xml": hasContentTypes = true
        case "content.xml": hasContentPart = true
        case "META-INF/container.xml": hasContainer = true
        case "Index/Document.iwa": hasIWork = true
        case "Index.zip": hasIndex = true
        case "word/document.xml", "word/document2.xml": found = "docx"
        case "xl/workbook.xml": found = "xlsx"
        case "xl/workbook.bin": found = "xlsb"
        case "ppt/presentation.xml": found = "pptx"
        case "visio/document.xml": found = "vsdx"
        case _ where name.hasSuffix(".fdseq") || name.hasSuffix(".fdseq/[0].piece"): found = "xps"
        default:
            if name.hasPrefix("xl/worksheets/sheet") { foundPart = name.hasSuffix(".bin") ? "xlsb" : "xlsx" }
            if name.hasPrefix("ppt/slides/slide") { foundPart = "pptx" }
        }
    }
}
