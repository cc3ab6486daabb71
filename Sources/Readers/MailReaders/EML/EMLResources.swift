// SPDX-License-Identifier: Apache-2.0
import MIME
import WebReaders

/// The parts of a message that its HTML body shows by `cid:` or by their location (RFC 2392, RFC 2557).
final class EMLResources: MailResources {
    private let parts: [MIMEPart]
    private var byID: [String: Int] = [:]
    private var byLocation: [String: Int] = [:]
    private var used: Set<Int> = []
    /// Files within text bodies; they are attachments as well.
    var uuencoded: [UUEncoding.File] = []

    init(_ parts: [MIMEPart]) {
        self.parts = parts
        super.init()
        for (place, part) in parts.enumerated() {
            if let id = part.contentID, byID[id] == nil { byID[id] = place }
            if let location = part.contentLocation, byLocation[location] == nil { byLocation[location] = place }
        }
    }

    func isUsed(_ part: MIMEPart) -> Bool { used.contains { parts[$0].body.baseAddress == part.body.baseAddress } }

    override func contents(cid: String) -> HTMLResource? { byID[cid].map(taken) }
    override func contents(location: String) -> HTMLResource? { byLocation[location].map(taken) }

    private func taken(_ place: Int) -> HTMLResource {
        used.insert(place)
        return Self.picture(parts[place].decoded().bytes, mediaType: parts[place].mediaType)
    }
}
