// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import WebReaders

/// The attachments of a message: files, messages, objects of other programs ([MS-OXMSG] 2.2.2, [MS-OXCMSG] 2.2.2).
struct MSGAttachments {
    struct Item {
        let name: String
        let mediaType: String?
        let contentID: String?
        let location: String?
        let data: CompoundEntry?
        let isMessage: Bool
    }

    private(set) var items: [Item] = []
    private let file: CompoundFile
    private let reading: MailReading
    private let kind: String
    private static let most = 10_000

    init(_ file: CompoundFile, _ storage: CompoundEntry, _ message: MAPIProperties, _ reading: MailReading) {
        self.file = file
        self.reading = reading
        kind = message.line(0x1A)?.lowercased() ?? ""
        let entries = file.children(of: storage).filter { $0.kind == .storage && $0.name.hasPrefix("__attach_version1.0_") }.sorted { $0.name < $1.name }
        for (number, entry) in entries.prefix(Self.most).enumerated() {
            let properties = MSGProperties.read(file, entry, .attachmentOrRecipient, charset: message.charset)
            let binary = file.entry(named: MSGProperties.streamName(0x3701_0102), in: entry)
            let object = file.entry(named: MSGProperties.streamName(0x3701_000D), in: entry)
            let given = properties.line(0x3707) ?? properties.line(0x3001) ?? properties.line(0x3704)
            let name = given?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "attachment-\(number + 1).bin"
            items.append(Item(
                name: name, mediaType: properties.line(0x370E)?.lowercased(), contentID: properties.line(0x3712), location: properties.line(0x3713),
                data: binary ?? object, isMessage: binary == nil && object.map { file.entry(named: "__properties_version1.0", in: $0) != nil } == true))
        }
    }

    func contents(_ item: Item) -> [UInt8] {
        guard let entry = item.data, entry.kind == .stream else { return [] }
        let found = file.contents(of: entry)
        if found.fault == .cut { reading.diagnostics.report("msg-stream-cut", "an attachment ends early; what follows in it is lost", at: item.name) }
        return found.bytes
    }

    /// What S/MIME and OpenPGP have put into attachments: the signed content, or how much is encrypted.
    mutating func takeSecure() -> (content: [UInt8]?, isSigned: Bool, encrypted: Int) {
        var taken: (content: [UInt8]?, isSigned: Bool, encrypted: Int) = (nil, false, 0)
        if items.contains(where: { $0.mediaType == "application/pgp-encrypted" }) {
            items.removeAll()
            return (nil, false, 1)
        }
        var kept: [Item] = []
        for item in items {
            guard kind.hasPrefix("ipm.note.smime") || item.mediaType?.hasSuffix("pkcs7-mime") == true || item.name.lowercased() == "smime.p7m" else {
                if item.mediaType?.hasSuffix("pkcs7-signature") != true { kept.append(item) }
                continue
            }
            let bytes = contents(item)
            switch CryptographicMessage.content(of: bytes) {
            case .signed(let content):
                taken.content = content
                taken.isSigned = true
            case .enveloped: taken.encrypted += 1
            case .detachedSignature: taken.isSigned = true
            case .unknown where kind.hasPrefix("ipm.note.smime.multipartsigned"):
                // [MS-OXOSMIME] 2.1.3.1: a whole multipart/signed entity.
                taken.content = bytes
                taken.isSigned = true
            case .unknown: kept.append(item)
            }
        }
        items = kept
        return taken
    }

    func shown(without used: Set<Int>) -> [MailAttachment] {
        items.indices.filter { !used.contains($0) }.map { place in
            let item = items[place]
            if item.isMessage, let storage = item.data {
                let file = file
                return MailAttachment(name: item.name, mediaType: nil, size: nil, content: .message { reading, level, depth throws(ReadError) in
                    try reading.send(try MSGMessage(file, storage, reading).read(), .within(level: level), depth: depth)
                })
            }
            if item.data?.kind == .storage {
                reading.diagnostics.report("msg-object-left", "embedded objects of other programs were left out", at: item.name)
            }
            return MailAttachment(name: item.name, mediaType: item.mediaType, size: item.data?.size, content: .file { contents(item) })
        }
    }
}

/// The attachments that the body shows.
final class MSGResources: MailResources {
    private let attachments: MSGAttachments
    private(set) var used: Set<Int> = []

    init(_ attachments: MSGAttachments) { self.attachments = attachments }

    override func contents(cid: String) -> HTMLResource? {
        attachments.items.firstIndex { $0.contentID == cid || $0.contentID == "<\(cid)>" }.map(taken)
    }

    override func contents(location: String) -> HTMLResource? { attachments.items.firstIndex { $0.location == location }.map(taken) }

    private func taken(_ place: Int) -> HTMLResource {
        used.insert(place)
        return Self.picture(attachments.contents(attachments.items[place]), mediaType: attachments.items[place].mediaType)
    }
}
