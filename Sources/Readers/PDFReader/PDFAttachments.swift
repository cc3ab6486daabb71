// SPDX-License-Identifier: Apache-2.0
import CPDFium
import DocumentReading
import DocumentTree

/// Files within the document (ISO 32000-1, 7.11.4), and those put onto its pages (12.5.6.15), each read below a heading with its name.
enum PDFAttachments {
    private static let most = 1_000

    static func read(_ document: PDFDocument, onPages: [pdfium_attachment], _ members: any MemberReading, into sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(SinkError) {
        let ofDocument = max(0, Int(pdfium_attachment_count(document.handle))), count = ofDocument + onPages.count
        guard count > 0 else { return }
        var listing = MemberListing()
        for index in 0..<min(count, most) {
            guard let attachment = index < ofDocument ? pdfium_attachment_at(document.handle, Int32(index)) : onPages[index - ofDocument] else { continue }
            let named = PDFText.utf16(most: 1_024) { pdfium_attachment_name(attachment, $0, $1) }
            let name = named.isEmpty ? "attachment \(index + 1)" : named
            guard let bytes = bytes(attachment, most: members.remainingBytes) else {
                diagnostics.report("attachment-unreadable", "a file within the document cannot be taken out", at: name)
                listing.add(name, bytes: nil, reason: "it cannot be taken out")
                continue
            }
            var outcome = MemberOutcome.read
            var failure: SinkError?
            bytes.withUnsafeBytes { raw in
                do throws(SinkError) {
                    outcome = try members.read(Member(name: name, bytes: raw), .headed(level: 2), into: sink, diagnostics: &diagnostics)
                } catch { failure = error }
            }
            if let failure { throw failure }
            if case .left(let error) = outcome {
                diagnostics.report("attachment-left-out", "a file within the document was not converted", at: name)
                listing.add(name, bytes: bytes.count, reason: error.reason)
            }
        }
        if count > most { diagnostics.report("attachment-left-out", "more files within the document than are looked at", count: count - most) }
        try listing.send(under: .attachments, in: members.labels, level: 2, to: sink)
    }

    private static func bytes(_ attachment: pdfium_attachment, most: Int) -> [UInt8]? {
        var size: UInt = 0
        guard pdfium_attachment_file(attachment, nil, 0, &size) != 0, size > 0, Int(clamping: size) <= most else { return nil }
        var out = [UInt8](repeating: 0, count: Int(size))
        let got = out.withUnsafeMutableBytes { pdfium_attachment_file(attachment, $0.baseAddress, size, &size) }
        return got != 0 && size <= out.count ? out : nil
    }
}
