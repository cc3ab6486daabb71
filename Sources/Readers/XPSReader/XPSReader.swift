// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import PDFLayout
import ZipArchive

/// Reads XPS and OpenXPS (ECMA-388): what stands on the fixed pages, and `PDFLayout` for what it means.
///
///     bytes ─ XPSPackage ▶ pages ─ XPSPage ▶ page content ─ PageAnalyzer ▶ blocks of a page ─ DocumentFlow ▶ the document's blocks
package struct XPSReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try XPSPackage(source.bytes, limits)
        let addresses = try package.pages()
        guard !addresses.isEmpty else { throw .malformed("it has no pages") }
        let wanted = limits.pageRange.map { max($0.lowerBound, 1)...max($0.upperBound, 1) } ?? 1...addresses.count
        let first = min(wanted.lowerBound - 1, addresses.count), last = min(wanted.upperBound, addresses.count)
        let pages = min(last - first, limits.pages)
        if pages == 0 { diagnostics.report("pages-left-out", "the document has none of the pages that were asked for") }
        var media = XPSMedia(package, names: source.members.names, wantsMedia: limits.wantsMedia)
        var fonts = XPSFonts(package)
        var analyzer = PageAnalyzer()
        var flow = DocumentFlow(pages: pages)
        do throws(SinkError) { try sink.begin(package.metadata()) } catch { throw .sink(error) }
        for index in first..<(first + pages) {
            guard let content = try XPSPage.read(package, addresses[index], number: index + 1, &fonts, &media, limits) else {
                diagnostics.report("page-unreadable", "a page cannot be opened and was left out")
                continue
            }
            do throws(SinkError) {
                for item in media.takeNew() { try sink.append(item) }
                try flow.add(analyzer.analyze(content), to: sink)
                try sink.progress(index - first + 1)
            } catch {
                throw .sink(error)
            }
        }
        do throws(SinkError) { try flow.finish(to: sink) } catch { throw .sink(error) }
        for loss in flow.losses { diagnostics.report(loss.code, loss.message) }
        for loss in package.losses.items { diagnostics.add(loss) }
        if last - first > pages { diagnostics.report("pages-left-out", "more pages than the limit allows", count: last - first - pages) }
        do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
    }
}
