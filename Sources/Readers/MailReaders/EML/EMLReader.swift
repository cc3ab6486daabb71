// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import MIME
import TextDecoding

/// Reads messages of mail as they travel (RFC 5322, MIME).
///
///     bytes ─ MIMEParser ▶ parts ─ EMLContents ▶ bodies, attachments ─ EMLMessage ▶ MailMessage ─ MailReading ▶ blocks
package struct EMLReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let reading = MailReading(source, limits, sink, diagnostics)
        defer { diagnostics = reading.diagnostics }
        let bytes = AppleMail.message(in: Self.narrow(source.bytes, reading))
        let part = MIMEParser.parse(bytes)
        if part.headers.fields.isEmpty { reading.diagnostics.report("mail-no-header", "the message has no header; all of it was read as its text") }
        let message = EMLMessage(part, reading)
        let mail = try message.read()
        if message.isNothingButEncrypted { throw .encrypted("the message is encrypted") }
        do throws(SinkError) { try sink.begin(mail.metadata) } catch { throw .sink(error) }
        try reading.send(mail, .whole, depth: 1)
        try reading.list(level: 2)
        do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
    }

    /// Messages are bytes that ASCII readers can read; some programs save them as UTF-16.
    private static func narrow(_ bytes: UnsafeRawBufferPointer, _ reading: MailReading) -> UnsafeRawBufferPointer {
        let start = bytes.prefix(4)
        let isWide = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) || start.count == 4 && start.contains(0)
        guard isWide else { return start.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.from(3) : bytes }
        var pieces = TextPieces(bytes)
        var text: [UInt8] = []
        pieces.forEach { text += $0 }
        return reading.keep(text)
    }
}
