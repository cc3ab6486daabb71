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
        mail.metadata.add("title", mail.subject)
        let headers = properties.text(0x7D).map { reading.keep($0) }.map { MIMEHeaders($0) } ?? MIMEHeaders()
        mail.add("From", sender(headers))
        let recipients = self.recipients()
        for (label, kind, display) in [("To", 1, 0xE04), ("Cc", 2, 0xE03), ("Bcc", 3, 0xE02)] {
            let names = recipients.filter { $0.kind == kind }.map(\.name)
            mail.add(label, names.isEmpty ? properties.line(display) : names.joined(separator: ", "))
        }
        mail.add("Reply-To", headers.text("reply-to").map(MailAddresses.shown))
        let time = properties.time(0x39) ?? properties.time(0xE06)
        let written = headers.text("date")
        mail.metadata.add("date", time ?? written.flatMap(MailDate.iso) ?? written ?? "")
        mail.add("Date", written ?? time.map(Self.shown))
        mail.metadata.add("message-id", properties.line(0x1035) ?? headers.text("message-id") ?? "")
        mail.metadata.add("in-reply-to", properties.line(0x1042) ?? headers.text("in-reply-to") ?? "")
        let kind = properties.line(0x1A) ?? "IPM.Note"
        for (label, value) in MSGItemFacts.read(kind, properties, MSGProperties.named(file)) { mail.add(label, value) }
    }

    /// `2022-12-23 18:08:48 UTC`
    static func shown(_ iso: String) -> String { "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8)) UTC" }

    /// Who has sent the message, and on behalf of whom where that is somebody else; an address of the internet goes before one
    /// of Exchange.
    private func sender(_ headers: MIMEHeaders) -> String? {
        let sender = person(name: 0xC1A, addresses: [0x5D01, 0xC1F])
        let author = person(name: 0x42, addresses: [0x5D02, 0x65])
        if let sender, let author, sender.address.contains("@"), author.address.contains("@"), sender.address.lowercased() != author.address.lowercased() {
            let first = sender.name == author.name ? sender.address : sender.shown
            return "\(first) on behalf of \(author.shown)"
        }
        if let found = [author, sender].compactMap({ $0 }).first(where: { $0.address.contains("@") }) { return found.shown }
        return headers.text("from").map(MailAddresses.shown) ?? author?.shown ?? sender?.shown
    }

    private struct Person {
        var name: String
        var address: String
        var shown: String { MailAddresses.shown(name: name, address: address) }
    }

    private func person(name: Int, addresses: [Int]) -> Person? {
        let written = properties.line(name) ?? ""
        let found = addresses.compactMap { properties.line($0) }
        let address = found.first { $0.contains("@") } ?? ""
        guard !written.isEmpty || !address.isEmpty else { return found.first.map { Person(name: $0, address: "") } }
        // Some programs put the whole address into the name.
        let bare = address.isEmpty ? written : written.split(separator: "<").first.map { $0.split(separator: " ").joined(separator: " ") } ?? ""
        return Person(name: bare.contains("@") ? "" : bare, address: address.isEmpty && bare.contains("@") ? bare : address)
    }

    private func recipients() -> [(kind: Int, name: String)] {
        file.children(of: storage).filter { $0.kind == .storage && $0.name.hasPrefix("__recip_version1.0_") }.sorted { $0.name < $1.name }.prefix(10_000).compactMap { entry in
            let recipient = MSGProperties.read(file, entry, .attachmentOrRecipient, charset: properties.charset)
            let addresses = [recipient.line(0x39FE), recipient.line(0x3003)].compactMap { $0 }
            let address = addresses.first { $0.contains("@") }
            guard let name = recipient.line(0x3001) ?? address ?? addresses.first else { return nil }
            let bare = name.count > 2 && name.hasPrefix("'") && name.hasSuffix("'") ? String(name.dropFirst().dropLast()) : name
            return ((recipient.long(0xC15) ?? 1) & 0xF, MailAddresses.shown(name: bare, address: address ?? ""))
        }
    }
}
