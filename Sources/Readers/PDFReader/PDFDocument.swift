// SPDX-License-Identifier: Apache-2.0
import CPDFium
import Decryption
import DocumentReading
import DocumentTree

/// An open document; its bytes must outlive it.
final class PDFDocument {
    let handle: pdfium_document
    let pages: Int
    /// Nil when the document has no form.
    private(set) var form: pdfium_form?
    private let info: UnsafeMutablePointer<pdfium_form_info>

    /// Without a password it opens also where only its owner has one.
    init(_ bytes: UnsafeRawBufferPointer, passwords: [String] = []) throws(ReadError) {
        guard let handle = Self.handle(bytes, passwords) else {
            switch Int(pdfium_last_error()) {
            case pdfium_error_password: throw .encrypted(Passwords.reason("the document", passwords))
            case pdfium_error_security: throw .encrypted("the document is protected in a way that PDFium does not know")
            default: throw .malformed("it is no PDF document that can be opened")
            }
        }
        self.handle = handle
        pages = Int(pdfium_page_count(handle))
        info = UnsafeMutablePointer<pdfium_form_info>.allocate(capacity: 1)
        info.initialize(to: pdfium_form_info())
        info.pointee.version = 1
        if pdfium_form_type(handle) > 0 { form = pdfium_open_form(handle, info) }
    }

    /// nil with PDFium's last error when nothing opens it.
    private static func handle(_ bytes: UnsafeRawBufferPointer, _ passwords: [String]) -> pdfium_document? {
        if let handle = pdfium_load_document(bytes.baseAddress, bytes.count, nil) { return handle }
        guard Int(pdfium_last_error()) == pdfium_error_password else { return nil }
        for password in passwords {
            if let handle = password.withCString({ pdfium_load_document(bytes.baseAddress, bytes.count, $0) }) { return handle }
        }
        return nil
    }

    func close() {
        if let form { pdfium_close_form(form) }
        form = nil
        pdfium_close_document(handle)
        info.deallocate()
    }

    func metadata() -> Metadata {
        var metadata = Metadata()
        for (name, key) in [("title", "Title"), ("author", "Author"), ("subject", "Subject"), ("keywords", "Keywords"), ("creator", "Creator"), ("producer", "Producer")] {
            metadata.add(name, meta(key))
        }
        metadata.add("created", Self.date(meta("CreationDate")))
        metadata.add("modified", Self.date(meta("ModDate")))
        metadata.add("language", PDFText.utf16 { pdfium_language(self.handle, $0, $1) })
        metadata.add("pages", "\(pages)")
        return metadata
    }

    /// What the document calls a page (ISO 32000-1, 12.4.2), where that is not its number; nothing longer than a name.
    func label(of index: Int) -> String? {
        let text = PDFText.utf16(most: 64) { pdfium_page_label(self.handle, Int32(index), $0, $1) }
        let label = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control })).split(separator: " ").joined(separator: " ")
        return label.isEmpty || label == "\(index + 1)" ? nil : label
    }

    private func meta(_ key: String) -> String {
        let text = PDFText.utf16 { room, length in key.withCString { pdfium_meta_text(self.handle, $0, room, length) } }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// `D:20240131120000+01'00'` (ISO 32000-1, 7.9.4) as ISO 8601; anything else as it is.
    static func date(_ text: String) -> String {
        var rest = Array(text.utf8)[...]
        if rest.starts(with: "D:".utf8) { rest = rest.dropFirst(2) }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard digits.count >= 4 else { return text }
        func part(_ range: Range<Int>) -> String? {
            guard digits.count >= range.upperBound else { return nil }
            return String(decoding: digits.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
        }
        var out = part(0..<4) ?? ""
        guard let month = part(4..<6) else { return out }
        out += "-" + month
        guard let day = part(6..<8) else { return out }
        out += "-" + day
        guard let hour = part(8..<10), let minute = part(10..<12) else { return out }
        out += "T" + hour + ":" + minute + ":" + (part(12..<14) ?? "00")
        let zone = rest.dropFirst(digits.count)
        guard let sign = zone.first else { return out }
        if sign == UInt8(ascii: "Z") { return out + "Z" }
        let offset = zone.dropFirst().filter { (0x30...0x39).contains($0) }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), offset.count >= 2 else { return out }
        out += String(decoding: [sign], as: UTF8.self) + String(decoding: offset.prefix(2), as: UTF8.self)
        return out + ":" + (offset.count >= 4 ? String(decoding: offset.dropFirst(2).prefix(2), as: UTF8.self) : "00")
    }
}

/// The document's own contents.
enum PDFOutline {
    private static let most = 5_000
    private static let mostLevels = 6

    /// Titles with levels from 1, in order.
    static func entries(_ document: PDFDocument) -> [(title: [UInt8], level: Int)] {
        var out: [(title: [UInt8], level: Int)] = []
        var seen: Set<OpaquePointer> = []
        walk(document, nil, 1, &out, &seen)
        return out
    }

    private static func walk(_ document: PDFDocument, _ parent: pdfium_bookmark?, _ level: Int, _ out: inout [(title: [UInt8], level: Int)], _ seen: inout Set<OpaquePointer>) {
        var next = pdfium_first_bookmark(document.handle, parent)
        while let bookmark = next, out.count < most, seen.insert(bookmark).inserted {
            out.append((Array(PDFText.utf16(most: 1_024) { pdfium_bookmark_title(bookmark, $0, $1) }.utf8), level))
            if level < mostLevels { walk(document, bookmark, level + 1, &out, &seen) }
            next = pdfium_next_bookmark(document.handle, bookmark)
        }
    }
}
