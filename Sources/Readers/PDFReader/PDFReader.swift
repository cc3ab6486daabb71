// SPDX-License-Identifier: Apache-2.0
import CPDFium
package import DocumentReading
package import DocumentTree
import PDFLayout

/// Reads PDF (ISO 32000) with PDFium for what stands on the pages and `PDFLayout` for what it means.
///
///     bytes ─ PDFium ▶ page content ─ PageAnalyzer ▶ blocks of a page ─ DocumentFlow ▶ the document's blocks
///
/// One page is open at a time, and its content is dropped once it is laid out.
package struct PDFReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var losses = diagnostics
        defer { diagnostics = losses }
        try PDFLibrary.exclusively { () throws(ReadError) in
            do throws(ReadError) {
                try read(source, limits, sink, &losses)
            } catch {
                // Malformed is what does not open: nothing was sent yet.
                guard case .malformed = error, let mended = PDFSalvage.mended(source.bytes) else { throw error }
                losses.report("file-damaged", "the file has lost its end; the pages that are left were read, in the order in which they stand in it")
                var failure: ReadError?
                mended.withUnsafeBytes { bytes in
                    let whole = Source(bytes, nameExtension: source.nameExtension, innerExtension: source.innerExtension, mediaType: source.mediaType, members: source.members)
                    do throws(ReadError) { try read(whole, limits, sink, &losses) } catch { failure = error }
                }
                if let failure { throw failure }
            }
        }
    }

    private func read(_ source: Source, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(ReadError) {
        let document = try PDFDocument(source.bytes, passwords: limits.passwords)
        defer { document.close() }
        guard document.pages > 0 else { throw .malformed("it has no pages") }
        var extraction = PDFExtraction(document, limits: limits, names: source.members.names)
        defer { extraction.close() }
        do throws(SinkError) {
            try sink.begin(document.metadata())
            // Pages that were asked for, and of those no more than the limit.
            let wanted = limits.pageRange.map { max($0.lowerBound, 1)...max($0.upperBound, 1) } ?? 1...document.pages
            let first = min(wanted.lowerBound - 1, document.pages), last = min(wanted.upperBound, document.pages)
            let pages = min(last - first, limits.pages)
            if pages == 0 { diagnostics.report("pages-left-out", "the document has none of the pages that were asked for") }
            var analyzer = PageAnalyzer()
            var flow = DocumentFlow(outline: PDFOutline.entries(document), pages: pages)
            var losses = PageLosses()
            for index in first..<(first + pages) {
                guard var content = extraction.page(index) else {
                    losses.note("page-unreadable", "a page cannot be opened and was left out", page: index + 1)
                    continue
                }
                content.label = document.label(of: index)
                for media in extraction.takeMedia() { try sink.append(media) }
                try flow.add(analyzer.analyze(content), to: sink)
            }
            try flow.finish(to: sink)
            for loss in flow.losses { losses.note(loss.code, loss.message, page: loss.page) }
            losses.report(&diagnostics)
            if last - first > pages { diagnostics.report("pages-left-out", "more pages than the limit allows", count: last - first - pages) }
            extraction.report(&diagnostics)
            if limits.pageRange == nil { try PDFAttachments.read(document, onPages: extraction.files, source.members, into: sink, &diagnostics) }
            try sink.finish()
        } catch { throw .sink(error) }
    }
}

extension PDFReader {
    /// Each page as an SVG drawing of how it is understood; at most `most` pages.
    package static func drawings(_ bytes: UnsafeRawBufferPointer, most: Int, _ take: (_ page: Int, _ svg: String) -> Void) throws(ReadError) {
        try PDFLibrary.exclusively { () throws(ReadError) in try draw(bytes, most, take) }
    }

    private static func draw(_ bytes: UnsafeRawBufferPointer, _ most: Int, _ take: (_ page: Int, _ svg: String) -> Void) throws(ReadError) {
        let document = try PDFDocument(bytes)
        defer { document.close() }
        var limits = ReadLimits()
        limits.wantsMedia = true
        var extraction = PDFExtraction(document, limits: limits, names: MediaNames())
        defer { extraction.close() }
        var analyzer = PageAnalyzer()
        analyzer.traces = true
        var pages: [PageLayout] = []
        for index in 0..<min(document.pages, most) {
            guard let content = extraction.page(index) else { continue }
            _ = extraction.takeMedia()
            pages.append(analyzer.analyze(content))
        }
        let drawing = LayoutDrawing(pages, outline: PDFOutline.entries(document))
        for page in pages { take(page.number, drawing.svg(page)) }
    }
}
