// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads a `winmail.dat` that came without its message ([MS-OXTNEF]).
///
///     bytes ─ TNEFFile ▶ attributes ─ TNEFProperties ▶ properties ─ TNEFMessage ▶ MailMessage ─ MailReading ▶ blocks
package struct TNEFReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard let file = TNEFFile(source.bytes) else { throw .malformed("it does not begin as a winmail.dat") }
        let reading = MailReading(source, limits, sink, diagnostics)
        defer { diagnostics = reading.diagnostics }
        let mail = try TNEFMessage(file, reading).read()
        do throws(SinkError) { try sink.begin(mail.metadata) } catch { throw .sink(error) }
        try reading.send(mail, .whole, depth: 1)
        try reading.list(level: 2)
        do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
    }
}
