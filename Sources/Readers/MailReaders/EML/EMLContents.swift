// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import MIME

/// What the parts of a message are: bodies to show, in their order, and attachments.
struct EMLContents {
    enum Kind: Int {
        case fields = 1, plain, enriched, html
    }

    struct Body {
        let kind: Kind
        let part: MIMEPart
    }

    /// Each entry is one piece of the body in its alternatives, the best one first.
    private(set) var bodies: [[Body]] = []
    private(set) var attachments: [MIMEPart] = []
    private(set) var encrypted = 0
    private(set) var isSigned = false
    /// A multipart part ends before its last boundary.
    private(set) var isCut = false
    private let reading: MailReading

    init(_ message: MIMEPart, _ reading: MailReading) {
        self.reading = reading
        collect(message)
    }

    private init(empty reading: MailReading) { self.reading = reading }

    private mutating func collect(_ part: MIMEPart) {
        if part.isCut { isCut = true }
        switch part.mediaType {
        case "multipart/alternative": alternatives(part)
        case "multipart/signed":
            isSigned = true
            if let content = part.parts.first { collect(content) }
            for other in part.parts.dropFirst(2) { collect(other) }
        case "multipart/encrypted": encrypted += 1
        case "multipart/appledouble":
            for inner in part.parts where inner.mediaType != "application/applefile" { collect(inner) }
        case let type where type.hasPrefix("multipart/"):
            if part.parts.isEmpty { bodies.append([Body(kind: .plain, part: part)]) }
            for inner in part.parts { collect(inner) }
        case "application/pkcs7-mime", "application/x-pkcs7-mime": secure(part)
        case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys": isSigned = true
        case "application/pgp-encrypted": encrypted += 1
        case "message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers":
            bodies.append([Body(kind: .fields, part: part)])
        default:
            if let kind = bodyKind(part) { bodies.append([Body(kind: kind, part: part)]) } else { attachments.append(part) }
        }
    }

    /// Text without a file's name is to be read where it stands; with one, only when nothing came before it.
    private func bodyKind(_ part: MIMEPart) -> Kind? {
        let kind: Kind
        switch part.mediaType {
        case "text/html", "application/xhtml+xml": kind = .html
        case "text/enriched", "text/richtext": kind = .enriched
        case "text/plain": kind = .plain
        default: return nil
        }
        guard part.disposition.word != "attachment" else { return nil }
        return part.fileName == nil || bodies.isEmpty && attachments.isEmpty ? kind : nil
    }

    /// The same content in several forms, the plainest first (RFC 2046, 5.1.4): the richest that can be read is taken, and
    /// the others stand by in case it turns out to be empty.
    private mutating func alternatives(_ part: MIMEPart) {
        var found: [(rank: Int, contents: EMLContents)] = []
        for inner in part.parts {
            var contents = EMLContents(empty: reading)
            contents.collect(inner)
            found.append((contents.bodies.compactMap { $0.first?.kind.rawValue }.max() ?? 0, contents))
        }
        guard let rank = found.map(\.rank).max(), let best = found.lastIndex(where: { $0.rank == rank }) else { return }
        for (place, (_, contents)) in found.enumerated() {
            encrypted += contents.encrypted
            isSigned = isSigned || contents.isSigned
            isCut = isCut || contents.isCut
            attachments += contents.attachments
            guard place == best else { continue }
            var chosen = contents.bodies
            if chosen.count == 1 {
                let others = found.enumerated().filter { $0.offset != best }.sorted { $0.element.rank > $1.element.rank }
                chosen[0] += others.flatMap { $0.element.contents.bodies.first ?? [] }
            }
            bodies += chosen
        }
    }

    /// S/MIME (RFC 8551, 3): what is only signed is read, what is enveloped is counted.
    private mutating func secure(_ part: MIMEPart) {
        let decoded = part.decoded().bytes
        switch CryptographicMessage.content(of: decoded) {
        case .signed(let content):
            isSigned = true
            collect(MIMEParser.parse(reading.keep(content)))
        case .enveloped: encrypted += 1
        case .detachedSignature: isSigned = true
        case .unknown:
            if part.type["smime-type"]?.lowercased() == "enveloped-data" { encrypted += 1 } else { attachments.append(part) }
        }
    }
}
