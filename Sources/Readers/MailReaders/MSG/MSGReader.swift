// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
package import DocumentReading
package import DocumentTree

/// Reads messages that Outlook has saved ([MS-OXMSG]).
///
///     bytes ─ CompoundFile ▶ storages ─ MSGProperties ▶ properties ─ MSGMessage ▶ MailMessage ─ MailReading ▶ blocks
package struct MSGReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let file: CompoundFile
        do throws(CompoundFileError) { file = try CompoundFile(source.bytes) } catch { throw .malformed(error.reason) }
        if file.isDamaged { diagnostics.report("compound-file-damaged", "the file's table of contents is damaged; parts may be missing") }
        let reading = MailReading(source, limits, sink, diagnostics)
        defer { diagnostics = reading.diagnostics }
        let message = MSGMessage(file, file.root, reading)
        let mail = try message.read()
        if message.isNothingButEncrypted { throw .encrypted("the message is encrypted") }
        do throws(SinkError) { try sink.begin(mail.metadata) } catch { throw .sink(error) }
        try reading.send(mail, .whole, depth: 1)
        try reading.list(level: 2)
        do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
    }
}
