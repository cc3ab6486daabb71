// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads SubRip and WebVTT as a text to read, not as a table of cues.
///
///     lines ─ SubtitleCues ▶ cues ─ SubtitleParagraphs ▶ paragraphs
///
/// Cues are joined to paragraphs. A new one begins after a pause of two seconds, when another voice speaks, or at the
/// end of a sentence once the paragraph is long; the time of its first cue stands before it: `[00:01:05] text`.
package struct SubtitleReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = MarkupText.lines(of: source, &diagnostics)
        var cues = SubtitleCues(lines)
        cues.read()
        if cues.malformed > 0 { diagnostics.report("cue-malformed", "lines outside of any cue were left out", count: cues.malformed) }
        var document = Document()
        document.metadata = cues.metadata
        if let last = cues.cues.last { document.metadata.add("duration", SubtitleTime.text(max(last.end, last.start))) }
        if !cues.cues.isEmpty { document.metadata.add("cues", String(cues.cues.count)) }
        if let title = cues.metadata["title"] { document.blocks.append(.heading(level: 1, [.text(title)])) }
        document.blocks += SubtitleParagraphs.joined(cues.cues)
        try sink.take(document)
    }
}
