// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads calendars (RFC 5545, and vCalendar 1.0 before it): each event, task or entry a heading with its facts below it. Times are not converted.
///
///     lines ─ ContentLine ▶ properties ─ CalendarEntry ▶ a heading and a list for each entry
///
/// Entries that stand alone, as CalDAV stores and programs exchange them, are read without the calendar around them.
package struct CalendarReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = ContentLine.unfolded(MarkupText.lines(of: source, &diagnostics))
        guard lines.contains(where: { CalendarEntry.begins($0) }) else { throw .malformed("the text is no calendar") }
        var document = Document()
        var entry = CalendarEntry()
        var stack: [String] = []
        for line in lines {
            guard let property = ContentLine(line) else {
                diagnostics.report("line-malformed", "lines that are no properties were left out")
                continue
            }
            switch property.name {
            case "BEGIN":
                let name = property.text.uppercased()
                if stack.count < 16 { stack.append(name) }
                if CalendarEntry.kinds.contains(name) { entry = CalendarEntry() }
            case "END":
                if let name = stack.popLast(), CalendarEntry.kinds.contains(name) { document.blocks += entry.blocks(limits.labels) }
            default:
                if let name = stack.last, CalendarEntry.kinds.contains(name) {
                    if property.name == "ATTACH", property.parameter("VALUE")?.uppercased() == "BINARY" || property.parameter("ENCODING") != nil {
                        diagnostics.report("calendar-attachments-dropped", "files within entries were left out")
                    } else {
                        entry.take(property)
                    }
                } else if stack.last == "VCALENDAR", property.name == "X-WR-CALNAME" || property.name == "NAME", document.metadata["title"] == nil {
                    document.metadata.add("title", property.text)
                    document.blocks.insert(.heading(level: 1, [.text(property.text)]), at: 0)
                }
            }
        }
        if !stack.isEmpty { diagnostics.report("calendar-truncated", "the calendar ends before its time") }
        if stack.contains(where: CalendarEntry.kinds.contains) { document.blocks += entry.blocks(limits.labels) }
        try sink.take(document)
    }
}
