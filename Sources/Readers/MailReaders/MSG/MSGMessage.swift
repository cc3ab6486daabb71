// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import MIME

/// One message of an Outlook file, the file's own or one within it, on its way to what it shows.
final class MSGMessage {
    private let file: CompoundFile
    private let storage: CompoundEntry
    private let reading: MailReading
    private let properties: MAPIProperties
    private var mail = MailMessage()
    private var encrypted = 0

    init(_ file: CompoundFile, _ storage: CompoundEntry, _ reading: MailReading) {
        self.file = file
        self.storage = storage
        self.reading = reading
        properties = MSGProperties.read(file, storage, storage.kind == .root ? .message : .embeddedMessage)
    }

    var isNothingButEncrypted: Bool { encrypted > 0 && mail.body.blocks.isEmpty && mail.attachments.isEmpty }

    func read() throws(ReadError) -> MailMessage {
        header()
        var attachments = MSGAttachments(file, storage, properties, reading)
        let secure = attachments.takeSecure()
        encrypted += secure.encrypted
        if secure.isSigned { reading.diagnostics.report("mail-signature-unchecked", "the message is signed; the signature was not checked") }
        if let content = secure.content {
            let inner = try EMLMessage(MIMEParser.parse(reading.keep(content)), reading).read()
            mail.body = inner.body
            mail.attachments = inner.attachments
        } else {
            let resources = MSGResources(attachments)
            mail.body = try MAPIBody(properties, resources, reading).read()
            if resources.missing > 0 { reading.diagnostics.report("mail-picture-missing", "pictures of the body are not in the message", count: resources.missing) }
            mail.attachments = attachments.shown(without: resources.used)
        }
        if encrypted > 0 {
            reading.diagnostics.report("mail-part-encrypted", "encrypted parts were left out", count: encrypted)
            // The text beside an encrypted part only says that there is one.
            if mail.attachments.isEmpty { mail.body = Document() }
        }
        return mail
    }

    // MARK: Who and when

    private func header() {
        mail.subject = properties.line(0x37) ?? ""
        let headers = properties.text(0x7D).map { reading.keep($0) }.map { MIMEHeaders($0) } ?? MIMEHeaders()
        MAPIHeader(properties, recipients(), headers: headers).write(to: &mail)
        let kind = properties.line(0x1A) ?? "IPM.Note"
        for (label, value) in MSGItemFacts.read(kind, properties, MSGProperties.named(file)) { mail.add(label, value) }
    }

    private func recipients() -> [(kind: Int, name: String)] {
        let entries = file.children(of: storage).filter { $0.kind == .storage && $0.name.hasPrefix("__recip_version1.0_") }.sorted { $0.name < $1.name }
        return MAPIHeader.recipients(entries.prefix(10_000).map { MSGProperties.read(file, $0, .attachmentOrRecipient, charset: properties.charset) })
    }
}
