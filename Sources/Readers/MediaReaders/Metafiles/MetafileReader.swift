// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads Windows metafiles, enhanced and old ([MS-EMF], [MS-WMF]): the text that they draw, a paragraph a line, and their size.
package struct MetafileReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard let metafile = MetafileText(source.bytes) else { throw .malformed("it has no metafile header") }
        if metafile.isCut { diagnostics.report("picture-truncated", "the picture ends before its time") }
        if metafile.hasGlyphsOnly { diagnostics.report("metafile-glyphs", "text is drawn by the numbers of its shapes, which are not read") }
        if metafile.lines.isEmpty { diagnostics.report("needs-ocr", "text in the picture is not read") }
        var picture = Picture()
        (picture.width, picture.height) = (metafile.width, metafile.height)
        var document = picture.summary().document(limits.labels)
        document.blocks += metafile.lines.map { .paragraph([.text($0)]) }
        do throws(SinkError) { try sink.send(document) } catch { throw .sink(error) }
    }
}
