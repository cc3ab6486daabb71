// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MIME
import WebReaders

/// What a `winmail.dat` shows: as a message of its own, or as the body and attachments of the message it came with.
struct TNEFMessage {
    private let file: TNEFFile
    private let reading: MailReading

    init(_ file: TNEFFile, _ reading: MailReading) {
        self.file = file
        self.reading = reading
    }

    func read() throws(ReadError) -> MailMessage {
        if file.isDamaged { reading.diagnostics.report("tnef-cut", "Outlook's wrapping of the message (winmail.dat) is damaged; what follows in it is lost") }
        var mail = MailMessage()
        mail.subject = file.properties.line(0x37) ?? EncodedWords.line(EncodedWords.text(Array(file.subject.prefix { $0 != 0 }), file.charset))
        let header = MAPIHeader(file.properties, MAPIHeader.recipients(file.recipients))
        header.write(to: &mail)
        let items = file.attachments.enumerated().map { item($0.element, number: $0.offset + 1) }
        let resources = TNEFResources(items)
        mail.body = try MAPIBody(file.properties, resources, reading).read()
        if mail.body.blocks.isEmpty, !file.text.isEmpty {
            let text = EncodedWords.text(Array(file.text.prefix { $0 != 0 }), file.charset)
            mail.body.blocks = text.withUnsafeBufferPointer { MailText(FlowedText.lines($0, isFlowed: false, dropsSpaces: false)).blocks }
        }
        if resources.missing > 0 { reading.diagnostics.report("mail-picture-missing", "pictures of the body are not in the message", count: resources.missing) }
        mail.attachments = items.enumerated().filter { !resources.used.contains($0.offset) }.map(\.element.attachment)
        return mail
    }

    private func item(_ attachment: TNEFFile.Attachment, number: Int) -> TNEFResources.Item {
        let properties = attachment.properties
        let title = EncodedWords.line(EncodedWords.text(Array(attachment.title.prefix { $0 != 0 }), file.charset))
        let given = properties.line(0x3707) ?? properties.line(0x3001) ?? (title.isEmpty ? nil : title)
        let name = given?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "attachment-\(number).bin"
        let mediaType = properties.line(0x370E)?.lowercased()
        let bytes = attachment.bytes.isEmpty ? properties.binary(0x3701) ?? [] : attachment.bytes
        let shown: MailAttachment
        // An object has its interface's identifier before its bytes; of a message they are such a file again.
        if let object = properties.object(0x3701), let inner = object.dropFirst(16).withUnsafeBytes({ TNEFFile($0) }) {
            shown = MailAttachment(name: given ?? "message.eml", size: object.count - 16, content: .message { reading, level, depth throws(ReadError) in
                try reading.send(try TNEFMessage(inner, reading).read(), .within(level: level), depth: depth)
            })
        } else if bytes.isEmpty, let object = properties.object(0x3701) {
            shown = MailAttachment(name: name, mediaType: mediaType, size: object.count - 16, content: .file { Array(object.dropFirst(16)) })
        } else {
            shown = MailAttachment(name: name, mediaType: mediaType, size: bytes.count, content: .file { bytes })
        }
        return TNEFResources.Item(attachment: shown, bytes: bytes, contentID: properties.line(0x3712), location: properties.line(0x3713))
    }
}

/// The attachments that the body shows.
final class TNEFResources: MailResources {
    struct Item {
        let attachment: MailAttachment
        let bytes: [UInt8]
        let contentID: String?
        let location: String?
    }

    private let items: [Item]
    private(set) var used: Set<Int> = []

    init(_ items: [Item]) { self.items = items }

    override func contents(cid: String) -> HTMLResource? { items.firstIndex { $0.contentID == cid || $0.contentID == "<\(cid)>" }.map(taken) }
    override func contents(location: String) -> HTMLResource? { items.firstIndex { $0.location == location }.map(taken) }

    private func taken(_ place: Int) -> HTMLResource {
        used.insert(place)
        return Self.picture(items[place].bytes, mediaType: items[place].attachment.mediaType)
    }
}
