// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MIME
import TextDecoding

/// One message of MIME parts on its way to what it shows.
final class EMLMessage {
    private let part: MIMEPart
    private let reading: MailReading
    private let contents: EMLContents
    private let resources: EMLResources
    private var body = Document()
    private var armored = 0

    init(_ part: MIMEPart, _ reading: MailReading) {
        self.part = part
        self.reading = reading
        contents = EMLContents(part, reading)
        resources = EMLResources(contents.attachments)
    }

    /// Everything in it is behind a key.
    var isNothingButEncrypted: Bool { contents.encrypted + armored > 0 && body.blocks.isEmpty && contents.attachments.isEmpty }

    func read() throws(ReadError) -> MailMessage {
        let charset = contents.bodies.first?.first?.part.charset
        var message = MailMessage()
        header(&message, charset: charset)
        for alternatives in contents.bodies { try add(alternatives) }
        message.body = body
        report()
        var unnamed = 0
        for attachment in contents.attachments where !resources.isUsed(attachment) {
            if let wrapped = try unwrapped(attachment) {
                // What Outlook shows itself; beside it stands at best its plain text.
                if !hasHTML, !wrapped.body.blocks.isEmpty { message.body = wrapped.body }
                message.attachments += wrapped.attachments
            } else {
                message.attachments.append(self.attachment(attachment, &unnamed))
            }
        }
        for file in resources.uuencoded {
            message.attachments.append(MailAttachment(name: file.name, size: file.bytes.count, content: .file { file.bytes }))
        }
        return message
    }

    // MARK: The header

    private func header(_ message: inout MailMessage, charset: String?) {
        let headers = part.headers
        message.subject = headers.text("subject", charset: charset) ?? ""
        message.metadata.add("title", message.subject)
        for label in [Label.from, .to, .cc, .bcc, .replyTo] {
            let lists = headers.texts(label.text(in: .en).lowercased(), charset: charset)
            message.add(label, lists.map(MailAddresses.shown).joined(separator: ", "))
        }
        let date = headers.text("date", charset: charset)
        message.metadata.add("date", date.flatMap(MailDate.iso) ?? date ?? "")
        message.add(.date, date)
        for name in ["message-id", "in-reply-to", "list-id", "importance"] { message.metadata.add(name, headers.text(name, charset: charset) ?? "") }
    }

    // MARK: The body

    private func add(_ alternatives: [EMLContents.Body]) throws(ReadError) {
        for alternative in alternatives {
            let document = try blocks(alternative)
            guard !document.blocks.isEmpty else { continue }
            body.blocks += document.blocks
            body.media += document.media
            body.notes += document.notes
            return
        }
    }

    private func blocks(_ body: EMLContents.Body) throws(ReadError) -> Document {
        let (bytes, isDamaged) = body.part.decoded()
        if isDamaged { reading.diagnostics.report("mail-encoding-damaged", "a part is not quite in the encoding it names; what could be read was") }
        var document = Document()
        switch body.kind {
        case .html:
            if let text = SevenBitText.utf8(bytes, label: body.part.charset) { return try MailHTML.blocks(text, charset: "utf-8", resources, reading) }
            return try MailHTML.blocks(bytes, charset: body.part.charset, resources, reading)
        case .plain:
            let isFlowed = body.part.type["format"]?.lowercased() == "flowed"
            let dropsSpaces = body.part.type["delsp"]?.lowercased() == "yes"
            document.blocks = plain(text(bytes, body.part), isFlowed: isFlowed, dropsSpaces: dropsSpaces)
        case .enriched: document.blocks = plain(EnrichedText.plain(text(bytes, body.part)), isFlowed: false, dropsSpaces: false)
        case .fields: document.blocks = MailFields.blocks(text(bytes, body.part))
        }
        return document
    }

    private func text(_ bytes: [UInt8], _ part: MIMEPart) -> [UInt8] {
        if let text = SevenBitText.utf8(bytes, label: part.charset) { return text }
        return bytes.withUnsafeBytes { TextReading.whole(Source($0), &reading.diagnostics, declared: part.charset) }
    }

    private func plain(_ text: [UInt8], isFlowed: Bool, dropsSpaces: Bool) -> [Block] {
        var text = text
        let armor = PGPArmor.opened(text)
        if let armor {
            text = armor.text
            armored += armor.encrypted
            if armor.isSigned { reading.diagnostics.report("mail-signature-unchecked", "the message is signed; the signature was not checked") }
        }
        for file in text.withUnsafeBytes(UUEncoding.files).reversed() {
            resources.uuencoded.append(file)
            text.removeSubrange(file.lines)
        }
        return text.withUnsafeBufferPointer { MailText(FlowedText.lines($0, isFlowed: isFlowed, dropsSpaces: dropsSpaces)).blocks }
    }

    private func report() {
        let encrypted = contents.encrypted + armored
        if encrypted > 0 { reading.diagnostics.report("mail-part-encrypted", "encrypted parts were left out", count: encrypted) }
        if contents.isSigned { reading.diagnostics.report("mail-signature-unchecked", "the message is signed; the signature was not checked") }
        if contents.isCut { reading.diagnostics.report("mail-cut", "the message ends before its last boundary; something may be missing") }
        if resources.missing > 0 { reading.diagnostics.report("mail-picture-missing", "pictures of the body are not in the message", count: resources.missing) }
    }

    // MARK: What is attached

    private var hasHTML: Bool { contents.bodies.contains { $0.first?.kind == .html } }

    /// The message within a `winmail.dat`; nil when the part is none.
    private func unwrapped(_ part: MIMEPart) throws(ReadError) -> MailMessage? {
        guard part.mediaType.hasSuffix("ms-tnef") || part.fileName?.lowercased() == "winmail.dat" else { return nil }
        guard let file = part.decoded().bytes.withUnsafeBytes({ TNEFFile($0) }) else { return nil }
        return try TNEFMessage(file, reading).read()
    }

    private func attachment(_ part: MIMEPart, _ unnamed: inout Int) -> MailAttachment {
        if part.mediaType == "message/rfc822" || part.mediaType == "message/global" { return forwarded(part) }
        let name: String
        if let given = part.fileName { name = given } else {
            unnamed += 1
            name = MailFileName.standard(for: part.mediaType, number: unnamed)
        }
        return MailAttachment(name: name, mediaType: part.mediaType, size: part.decodedSize, content: .file { part.decoded().bytes })
    }

    private func forwarded(_ part: MIMEPart) -> MailAttachment {
        let bytes = part.encoding == .identity ? part.body : reading.keep(part.decoded().bytes)
        let inner = MIMEParser.parse(bytes)
        let name = part.fileName ?? inner.headers.text("subject").map { "\($0).eml" } ?? "message.eml"
        return MailAttachment(name: name, mediaType: part.mediaType, size: bytes.count, content: .message { reading, level, depth throws(ReadError) in
            try reading.send(try EMLMessage(inner, reading).read(), .within(level: level), depth: depth)
        })
    }
}

/// Names for parts that come without.
enum MailFileName {
    static func standard(for mediaType: String, number: Int) -> String {
        switch mediaType {
        case "text/calendar": "invite.ics"
        case "text/x-vcard", "text/vcard", "text/directory": "contact.vcf"
        case "text/html": "attachment-\(number).html"
        case "text/csv": "attachment-\(number).csv"
        case "application/pdf": "attachment-\(number).pdf"
        case "application/rtf", "text/rtf": "attachment-\(number).rtf"
        case "image/jpeg", "image/jpg": "image-\(number).jpg"
        case "image/svg+xml": "image-\(number).svg"
        case let type where type.hasPrefix("image/"): "image-\(number).\(type.dropFirst(6))"
        case let type where type.hasPrefix("text/"): "attachment-\(number).txt"
        default: "attachment-\(number).bin"
        }
    }
}
