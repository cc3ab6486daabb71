// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import TextDecoding

/// Reads delimited text (CSV, TSV and their relatives) as one table, row by row, in memory for one row.
///
///     bytes ─ CSVPieces ▶ UTF-8, 1 MiB at a time ─ CSVDialect ▶ delimiter ─ CSVTokenizer ▶ fields ─ CSVRows ▶ rows
///
/// The text is gone through twice: the first time only counts fields, so that every row can be as wide as the widest.
package struct CSVReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        do throws(SinkError) {
            try Self.read(source, sink, &diagnostics)
        } catch {
            throw .sink(error)
        }
    }

    private static func read(_ source: Source, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(SinkError) {
        let pieces = CSVPieces(source.bytes)
        let start = pieces.start(CSVDialect.sampleBytes)
        let prefersTab = source.nameExtension == "tsv" || source.nameExtension == "tab" || source.mediaType == "text/tab-separated-values"
        let dialect = start.withUnsafeBufferPointer { CSVDialect(sample: $0, prefersTab: prefersTab) }

        var sample = CSVSample(most: CSVDialect.sampleRows)
        do throws(SinkError) {
            var tokenizer = CSVTokenizer(delimiter: dialect.delimiter)
            try feed(start, from: dialect.skipped, &tokenizer, &sample)
            if start.count < CSVDialect.sampleBytes { try tokenizer.finish(to: &sample) }
        } catch {
            // The rows asked for were seen.
        }
        var widths = CSVWidths()
        _ = try run(pieces, dialect, &widths)

        try sink.begin(Metadata())
        let dropsLast = dialect.delimiter != nil && sample.rows.count > 1 && sample.rows.allSatisfy { $0.count == sample.rows[0].count && $0.last?.isEmpty == true }
        var rows = CSVRows(
            sink: sink, heading: CSVHeading(sample.rows), width: width(widths) - (dropsLast ? 1 : 0), dropsLast: dropsLast)
        let replaced = try run(pieces, dialect, &rows)
        try rows.finish()
        report(rows, replaced: replaced, &diagnostics)
        if pieces.charset.isGuessed { diagnostics.report("charset-guessed", "the charset was guessed: \(pieces.charset.name)") }
        try sink.finish()
    }

    /// The widest row's width; a few monstrous rows do not widen all the others.
    private static func width(_ widths: CSVWidths) -> Int {
        let common = widths.commonest.width
        return widths.widest > 64 && widths.widest > 4 * common ? common : widths.widest
    }

    private static func run<Consumer: CSVConsumer>(_ pieces: CSVPieces, _ dialect: CSVDialect, _ consumer: inout Consumer) throws(SinkError) -> Int {
        var tokenizer = CSVTokenizer(delimiter: dialect.delimiter)
        var skipped = dialect.skipped
        let replaced = try pieces.forEach { (piece: UnsafeBufferPointer<UInt8>) throws(SinkError) in
            try tokenizer.feed(UnsafeBufferPointer(rebasing: piece.dropFirst(skipped)), to: &consumer)
            skipped = 0
        }
        try tokenizer.finish(to: &consumer)
        return replaced
    }

    private static func feed<Consumer: CSVConsumer>(
        _ bytes: [UInt8], from start: Int, _ tokenizer: inout CSVTokenizer, _ consumer: inout Consumer
    ) throws(SinkError) {
        var failure: SinkError?
        bytes.withUnsafeBufferPointer { bytes in
            do throws(SinkError) {
                try tokenizer.feed(UnsafeBufferPointer(rebasing: bytes.dropFirst(start)), to: &consumer)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static func report(_ rows: CSVRows, replaced: Int, _ diagnostics: inout Diagnostics) {
        func report(_ code: String, _ message: String, _ count: Int) {
            for _ in 0..<min(count, 1_000_000) { diagnostics.report(code, message) }
        }
        report("csv-ragged", "rows with fewer or more fields than the widest were filled up", rows.ragged)
        report("csv-stray-quote", "quotation marks out of place were read as text", rows.strayQuotes)
        report("csv-field-cut", "fields longer than \(CSVTokenizer.longestField >> 20) MiB were cut", rows.cutFields)
        report("csv-row-cut", "rows of more than \(CSVRows.mostFields) fields or \(CSVRows.mostRowBytes >> 20) MiB were cut", rows.cutRows)
        report("text-bytes-replaced", "bytes that are no text in the charset were replaced", rows.replaced + replaced)
        if rows.rows == 0 { diagnostics.report("csv-no-rows", "the text has no rows") }
    }
}
