// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import NumberFormats
import Sheets
import TextDecoding

/// What comes before the sheets ([MS-XLS] 2.1.7.20.3), and what they share while they are read.
///
/// The stream belongs to `XLSReader`, which outlives it.
final class XLSBook {
    struct Sheet {
        var name: String
        var offset: Int
        var visibility: SheetStream.Visibility
        /// 0 for sheets and dialogs, 1 for macros, 2 for charts, 6 for modules.
        var kind: Int
    }

    let stream: LittleEndianBytes
    /// Excel 5 and 95: bytes of a code page instead of UTF-16.
    private(set) var isOld = false
    private(set) var codePage = CodePage(1_252)
    private(set) var date1904 = false
    private(set) var sheets: [Sheet] = []
    private(set) var strings: [String] = []
    private(set) var pictures: [OfficeArtRecord] = []
    var diagnostics: Diagnostics
    var media: LegacyMedia
    let labels: LabelLanguage
    private var codes: [Int: String] = [:]
    private var formatOf: [Int] = []
    private var formats: [Int: NumberFormat?] = [:]
    private var noteCount = 0
    /// Keeps the joined drawing records in place.
    private var drawingGroup: StreamBytes?

    init(_ stream: LittleEndianBytes, limits: ReadLimits, names: MediaNames, diagnostics: Diagnostics) throws(ReadError) {
        self.stream = stream
        self.diagnostics = diagnostics
        media = LegacyMedia(limits, names)
        labels = limits.labels
        guard let first = XLSRecord(stream, at: 0), first.type == XLSType.beginning else { throw .malformed("the workbook does not begin as one") }
        isOld = first.content.short(0) ?? 0x600 < 0x600
        try readGlobals(from: first.next)
        correctOffsets()
    }

    private func readGlobals(from start: Int) throws(ReadError) {
        var at = start
        while let record = XLSRecord(stream, at: at), record.type != XLSType.end {
            at = record.next
            let content = record.content
            switch record.type {
            case XLSType.filePass: throw .encrypted("the workbook is protected by a password")
            case XLSType.codePage: codePage = CodePage(content.short(0) ?? 1_252)
            case XLSType.dateMode: date1904 = content.short(0) == 1
            case XLSType.sheet: readSheet(content)
            case XLSType.format: if let id = content.short(0) { codes[id] = text(content.clipped(2, content.count), lengthSize: isOld ? 1 : 2) }
            case XLSType.extendedFormat: formatOf.append(content.short(2) ?? 0)
            case XLSType.strings:
                let (parts, next) = XLSRecord.continued(stream, record)
                readStrings(parts)
                at = next
            case XLSType.drawingGroup:
                let (parts, next) = XLSRecord.continued(stream, record, by: [XLSType.continuation, XLSType.drawingGroup])
                let group = StreamBytes(parts.flatMap { Array($0.raw) })
                pictures = OfficeArtRecord(group.fields, at: 0)?.first(OfficeArtType.store).map { Array($0.children.prefix(65_536)) } ?? []
                drawingGroup = group
                at = next
            default: break
            }
        }
    }

    private func readSheet(_ content: LittleEndianBytes) {
        guard let offset = content.long(0), let state = content.byte(4), let kind = content.byte(5) else { return }
        let visibility: SheetStream.Visibility = state & 3 == 1 ? .hidden : state & 3 == 2 ? .veryHidden : .visible
        sheets.append(Sheet(name: text(content.clipped(6, content.count), lengthSize: 1), offset: offset, visibility: visibility, kind: kind))
    }

    private func readStrings(_ parts: [LittleEndianBytes]) {
        var reader = XLSStringReader(parts)
        reader.skip(4)
        let count = reader.long() ?? 0
        // A string takes three bytes at least.
        strings.reserveCapacity(min(count, parts.reduce(0) { $0 + $1.count } / 3))
        while strings.count < count, !reader.isAtEnd, let text = reader.rich() { strings.append(text) }
        if strings.count < count { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
    }

    /// Where a sheet is not at its place, the sheets are taken in the order in which they lie.
    private func correctOffsets() {
        guard sheets.contains(where: { XLSRecord(stream, at: $0.offset)?.type != XLSType.beginning }) || sheets.isEmpty else { return }
        var found: [(offset: Int, kind: Int)] = []
        var at = 0, depth = 0
        while let record = XLSRecord(stream, at: at), found.count < 10_000 {
            if record.type == XLSType.beginning {
                if depth == 0, let kind = record.content.short(2), kind != 5 { found.append((at, kind)) }
                depth += 1
            } else if record.type == XLSType.end {
                depth = max(0, depth - 1)
            }
            at = record.next
        }
        if sheets.isEmpty {
            sheets = found.enumerated().map { Sheet(name: "Sheet\($0 + 1)", offset: $1.offset, visibility: .visible, kind: $1.kind == 0x20 ? 2 : 0) }
        } else {
            for (place, sheet) in zip(sheets.indices, found) { sheets[place].offset = sheet.offset }
        }
        if !sheets.isEmpty { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
    }

    /// A string with its length in front.
    func text(_ bytes: LittleEndianBytes, lengthSize: Int) -> String {
        guard let count = lengthSize == 1 ? bytes.byte(0) : bytes.short(0) else { return "" }
        if isOld { return codePage.text(bytes.clipped(lengthSize, count).raw) }
        var reader = XLSStringReader([bytes])
        reader.skip(lengthSize)
        guard let flags = reader.byte() else { return "" }
        return reader.letters(count, isWide: flags & 1 != 0)
    }

    /// The format of a cell; nil for numbers that are shown as they are.
    func format(_ style: Int) -> NumberFormat? {
        guard formatOf.indices.contains(style) else { return nil }
        let id = formatOf[style]
        if id == 0 { return nil }
        if let known = formats[id] { return known }
        let format = codes[id].map { NumberFormat(code: $0) } ?? NumberFormat(builtIn: id)
        let kept = format.flatMap { $0.isGeneral ? nil : $0 }
        formats[id] = .some(kept)
        return kept
    }

    func nextNote() -> NoteID {
        noteCount += 1
        return NoteID("c\(noteCount)")
    }
}
