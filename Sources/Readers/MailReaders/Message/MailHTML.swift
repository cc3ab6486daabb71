// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import WebReaders

/// The pictures that a message carries for its HTML body, by the addresses the body names them with.
class MailResources: HTMLHost {
    /// Addresses that name parts of the message which are not there.
    private(set) var missing = 0

    func contents(cid: String) -> HTMLResource? { nil }
    func contents(location: String) -> HTMLResource? { nil }

    final func resource(at address: String) -> HTMLResource {
        guard address.utf8.count > 4, address.utf8.prefix(4).elementsEqual("cid:".utf8) || address.utf8.prefix(4).elementsEqual("CID:".utf8) else {
            return contents(location: address) ?? .elsewhere
        }
        let id = Self.unescaped(address.utf8.dropFirst(4))
        if let found = contents(cid: id) { return found }
        missing += 1
        return .missing
    }

    /// A picture by what it is, whatever it is said to be.
    static func picture(_ bytes: [UInt8], mediaType: String?) -> HTMLResource {
        .here(bytes, mediaType: bytes.withUnsafeBytes(PictureType.sniffed) ?? mediaType ?? "")
    }

    /// Without percent signs (RFC 2392, 2).
    private static func unescaped(_ text: Substring.UTF8View) -> String {
        guard text.contains(UInt8(ascii: "%")) else { return String(decoding: text, as: UTF8.self) }
        var out: [UInt8] = []
        var rest = text[...]
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// An HTML body as blocks.
enum MailHTML {
    /// No blocks where the page shows no text and no picture.
    static func blocks(
        _ bytes: [UInt8], charset: String?, _ resources: MailResources, _ reading: MailReading
    ) throws(ReadError) -> Document {
        let html = EmbeddedHTML(limits: reading.limits, host: resources)
        let builder = DocumentBuilder()
        let page = HTMLPage(charset: charset)
        // The resources report to the reading themselves while the page is read.
        var losses = Diagnostics()
        var result = Result<Void, ReadError>.success(())
        bytes.withUnsafeBytes { bytes in
            result = Result { () throws(ReadError) in
                try html.read(bytes, page, into: builder, diagnostics: &losses)
                do throws(SinkError) { try html.sendNotes(into: builder) } catch { throw .sink(error) }
            }
        }
        for loss in losses.items { reading.diagnostics.add(loss) }
        try result.get()
        return builder.document
    }
}
