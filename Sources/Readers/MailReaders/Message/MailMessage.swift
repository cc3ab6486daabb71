// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// What a message shows, whatever kind of file it came in.
struct MailMessage {
    var subject = ""
    /// Who and when, in the order they are shown.
    var facts: [(label: Label, text: String)] = []
    var metadata = Metadata()
    /// Blocks, pictures and notes; no metadata.
    var body = Document()
    var attachments: [MailAttachment] = []

    /// Shows a fact and keeps it under its English label in lower case; empty ones are left out.
    mutating func add(_ label: Label, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        facts.append((label, text))
        metadata.add(label.text(in: .en).lowercased(), text)
    }
}

struct MailAttachment {
    enum Content {
        /// Unpacked when it is read.
        case file(() -> [UInt8])
        /// A message within the message.
        case message((MailReading, _ level: Int, _ depth: Int) throws(ReadError) -> Void)
    }

    var name: String
    var mediaType: String?
    /// nil where only unpacking can tell.
    var size: Int?
    var content: Content

    /// `report.pdf (application/pdf, 12 kB)`
    var description: String {
        let facts = [mediaType, size.map(ByteQuantity.text)].compactMap { $0 }
        return facts.isEmpty ? name : "\(name) (\(facts.joined(separator: ", ")))"
    }
}
