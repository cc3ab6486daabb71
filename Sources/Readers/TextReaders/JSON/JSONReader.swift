// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import TextDecoding

/// Reads JSON (RFC 8259) and JSON lines as code, as it is; what is not JSON is shown all the same and said so.
package struct JSONReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let text = TextReading.whole(source, &diagnostics)
        let outcome = text.withUnsafeBufferPointer { JSONScan.run($0) }
        if let line = outcome.faultLine { diagnostics.report("json-invalid", "the text is not JSON", at: "line \(line)") }
        if outcome.depth > Self.usualDepth { diagnostics.report("json-deep", "values are nested \(outcome.depth) deep") }
        do throws(SinkError) {
            try sink.begin(Metadata())
            if !text.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }) {
                try sink.append(.code(String(decoding: text, as: UTF8.self), language: "json"))
            }
            try sink.finish()
        } catch {
            throw .sink(error)
        }
    }

    /// Deeper than most JSON readers go.
    private static let usualDepth = 512
}
