// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import MIME

/// Tells messages and mailboxes by the header they begin with.
enum MailSniff {
    /// `eml`, `mbox`, or nil. A name that says something else than text or mail is believed.
    static func kind(of source: Source, hint: Format?) -> String? {
        // Some programs keep messages as text under the name of Outlook's.
        let isMail = hint?.name == "eml" || hint?.name == "mbox" || hint?.name == "msg"
        guard isMail || hint == nil || hint?.name == "txt" else { return nil }
        let start = UnsafeRawBufferPointer(rebasing: source.bytes.prefix(32 << 10))
        if start.hasKeyword("From "), start[0] == UInt8(ascii: "F"), isSeparator(start), MIMEHeaders(start).fields.count > 1 {
            return hint?.name == "eml" || hint?.name == "msg" ? "eml" : "mbox"
        }
        if hint?.name == "mbox" { return nil }
        let names = Set(MIMEHeaders(start).fields.prefix(200).map(\.name))
        if isMail { return names.isDisjoint(with: usual) ? nil : "eml" }
        let known = names.intersection(usual).count
        // A memo has From, To and Subject as well; what only mail programs write tells.
        if hint?.name == "txt" { return known >= 3 && !names.isDisjoint(with: traced) ? "eml" : nil }
        return known >= 2 && (names.contains("from") || !names.isDisjoint(with: traced)) ? "eml" : nil
    }

    private static let usual: Set = [
        "from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "delivered-to", "mime-version", "content-type",
        "reply-to", "sender", "in-reply-to", "references",
    ]
    private static let traced: Set = ["message-id", "received", "return-path", "delivered-to", "mime-version"]

    /// `From somebody@example.org Mon Mar 17 11:15:17 2014`: a time of day on the first line.
    private static func isSeparator(_ start: UnsafeRawBufferPointer) -> Bool {
        var lines = ByteLines(start)
        guard let line = lines.next()?.bytes, line.count < 500 else { return false }
        return line.contains(UInt8(ascii: ":"))
    }
}
