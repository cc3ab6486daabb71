// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MIME

/// Who, to whom and when, out of a message's properties and the header it had on its way.
struct MAPIHeader {
    private let properties: MAPIProperties
    private let recipients: [(kind: Int, name: String)]
    private let headers: MIMEHeaders

    /// `headers` are those the message came with, if it has kept them.
    init(_ properties: MAPIProperties, _ recipients: [(kind: Int, name: String)], headers: MIMEHeaders = MIMEHeaders()) {
        self.properties = properties
        self.recipients = recipients
        self.headers = headers
    }

    func write(to mail: inout MailMessage) {
        mail.metadata.add("title", mail.subject)
        mail.add(.from, sender())
        for (label, kind, display) in [(Label.to, 1, 0xE04), (.cc, 2, 0xE03), (.bcc, 3, 0xE02)] {
            let names = recipients.filter { $0.kind == kind }.map(\.name)
            let shown = names.isEmpty ? properties.line(display) : names.joined(separator: ", ")
            // Addresses of Exchange say nothing outside of it: those that the message had on its way do.
            let isKnown = shown.map { $0.contains("@") } ?? false
            mail.add(label, isKnown ? shown : written(kind) ?? shown)
        }
        mail.add(.replyTo, headers.text("reply-to").map(MailAddresses.shown))
        let time = properties.time(0x39) ?? properties.time(0xE06)
        let written = headers.text("date")
        mail.metadata.add("date", time ?? written.flatMap(MailDate.iso) ?? written ?? "")
        mail.add(.date, written ?? time.map(Self.shown))
        mail.metadata.add("message-id", properties.line(0x1035) ?? headers.text("message-id") ?? "")
        mail.metadata.add("in-reply-to", properties.line(0x1042) ?? headers.text("in-reply-to") ?? "")
    }

    /// The people whom the header on the way names, where it names their addresses.
    private func written(_ kind: Int) -> String? {
        let field = kind == 1 ? headers.text("to") : kind == 2 ? headers.text("cc") : nil
        return field.map(MailAddresses.shown).flatMap { $0.contains("@") ? $0 : nil }
    }

    /// `2022-12-23 18:08:48 UTC`
    static func shown(_ iso: String) -> String { "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8)) UTC" }

    /// Each with its kind: 1 to, 2 copy, 3 blind copy.
    static func recipients(_ found: [MAPIProperties]) -> [(kind: Int, name: String)] {
        found.compactMap { recipient in
            let addresses = [recipient.line(0x39FE), recipient.line(0x3003)].compactMap { $0 }
            let address = addresses.first { $0.contains("@") }
            guard let name = recipient.line(0x3001) ?? address ?? addresses.first else { return nil }
            let bare = name.count > 2 && name.hasPrefix("'") && name.hasSuffix("'") ? String(name.dropFirst().dropLast()) : name
            return ((recipient.long(0xC15) ?? 1) & 0xF, MailAddresses.shown(name: bare, address: address ?? ""))
        }
    }

    /// Who has sent the message, and on behalf of whom where that is somebody else; an address of the internet goes before one
    /// of Exchange.
    private func sender() -> String? {
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
}
