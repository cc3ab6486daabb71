// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Hands a text on as it is, but for charset, line ends and control characters: for outputs of the text's own language.
package struct VerbatimReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var active = ActiveContent()
        do throws(SinkError) {
            try sink.begin(Metadata())
            try TextReading.pieces(of: source, &diagnostics) { (piece: UnsafeBufferPointer<UInt8>) throws(SinkError) in
                active.look(at: piece)
                try sink.append(.raw(String(decoding: piece, as: UTF8.self), format: "md"))
            }
            if active.isFound { diagnostics.report("active-content", "the Markdown is handed on as it is, with HTML or addresses that may run something where it is shown") }
            try sink.finish()
        } catch {
            throw .sink(error)
        }
    }
}
