// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import WebReaders

/// What readers of markup share: lines in, a whole document out.
enum MarkupText {
    static func lines(of source: Source, _ diagnostics: inout Diagnostics) -> [Line] {
        TextReading.whole(source, &diagnostics).split(separator: 0x0A, omittingEmptySubsequences: false)
    }

    /// Whatever is HTML within another markup, read as a page of its own; nothing when it cannot be read.
    static func html(_ text: Line, limits: ReadLimits, _ diagnostics: inout Diagnostics) -> Document {
        let builder = DocumentBuilder()
        var losses = Diagnostics()
        Array(text).withUnsafeBytes { bytes in
            do throws(ReadError) {
                try HTMLReader().read(Source(bytes, nameExtension: "html"), limits: limits, into: builder, diagnostics: &losses)
            } catch {
                losses.report("html-unread", "HTML within the text cannot be read")
            }
        }
        for loss in losses.items where loss.code != "html-no-text" && loss.code != "charset-guessed" {
            diagnostics.report(loss.code, loss.message, at: loss.location, count: loss.count)
        }
        return builder.document
    }
}

extension DocumentSink {
    /// Sends a whole document as the end of a reading.
    func take(_ document: Document) throws(ReadError) {
        do throws(SinkError) { try send(document) } catch { throw .sink(error) }
    }
}
