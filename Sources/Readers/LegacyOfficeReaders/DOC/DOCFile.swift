// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import TextDecoding

/// The parts of one document, and what is shared while its stories are read.
///
/// The streams belong to `DOCReader`, which outlives it.
final class DOCFile {
    let header: DOCHeader
    let word: LittleEndianBytes
    let table: LittleEndianBytes
    let data: LittleEndianBytes
    let pieces: DOCPieces
    let characters: DOCRunTable
    let paragraphs: DOCRunTable
    let fonts: DOCFonts
    let codePage: CodePage
    let styles: DOCStyles
    var numbering: DOCNumbering
    var diagnostics: Diagnostics
    var media: LegacyMedia
    /// Objects in the text; where they lie by themselves is the compound file's matter.
    var objects = 0
    lazy var notes = DOCNotes(self)
    lazy var drawings = DOCDrawings(self)
    lazy var bookmarks = DOCBookmarks(self)
    var oldNumbering = DOCOldNumbering()
    /// Characters that were read; stretches that overlap would be read again and again.
    private var read = 0
    /// Bytes of changes in the stream of data that were applied.
    private var hugeBytes = 0
    private static let mostHugeBytes = 64 << 20

    init(word: LittleEndianBytes, table: LittleEndianBytes, data: LittleEndianBytes, header: DOCHeader, limits: ReadLimits, names: MediaNames, diagnostics: Diagnostics) {
        self.header = header
        self.word = word
        self.table = table
        self.data = data
        self.diagnostics = diagnostics
        media = LegacyMedia(limits, names)
        codePage = CodePage(language: header.language)
        pieces = DOCPieces(header, word: word, table: table)
        characters = DOCRunTable(.characters, header, word: word, table: table)
        paragraphs = DOCRunTable(.paragraphs, header, word: word, table: table)
        fonts = DOCFonts(header.part(.fonts, in: table), isOld: header.isOld, codePage: codePage)
        let lists = header.part(.lists, in: table)
        // The levels lie right behind the table of lists, and are not counted with it (2.9.191).
        let listsEnd = lists.count == 0 ? 0 : (lists.raw.baseAddress.flatMap { list in table.raw.baseAddress.map { list - $0 } } ?? 0) + 2 + 28 * min(lists.short(0) ?? 0, lists.count / 28)
        numbering = DOCNumbering(lists: lists, following: table.clipped(listsEnd, table.count), overrides: header.part(.listOverrides, in: table))
        styles = DOCStyles(header.part(.styles, in: table), isOld: header.isOld, codePage: codePage, data: data)
    }

    /// Whether a stretch of text may be read: all stretches together at most twice the text.
    func allows(_ count: Int) -> Bool {
        guard count <= 2 * pieces.units.count - read else {
            diagnostics.report("text-repeated", "parts of the file overlap; some text was left out")
            return false
        }
        read += max(count, 0)
        return true
    }

    /// The changes that a quick save put on a whole piece ([MS-DOC] 2.9.209).
    func modifier(_ piece: DOCPieces.Piece) -> DOCProperties? {
        guard let modifier = piece.modifier.short(0), modifier != 0 else { return nil }
        guard modifier & 1 != 0 else { return DOCProperties(oldCode: modifier >> 1 & 0x7F, operand: piece.modifier.clipped(1, 1)) }
        let place = modifier >> 1
        return pieces.modifiers.indices.contains(place) ? DOCProperties(bytes: pieces.modifiers[place], isOld: header.isOld) : nil
    }

    /// Offset in the file of a character's first byte.
    func offset(of character: Int) -> (offset: Int, piece: DOCPieces.Piece)? {
        guard let index = pieces.index(of: character) else { return nil }
        let piece = pieces.pieces[index]
        return (piece.offset + (character - piece.start) * piece.width, piece)
    }

    /// What a paragraph says about itself: its style, its own changes, and those of a quick save.
    func paragraph(endingAt character: Int) -> (properties: DOCParagraph, run: DOCRunTable.Run?, piece: DOCPieces.Piece?) {
        guard let (offset, piece) = offset(of: character) else { return (DOCParagraph(), nil, nil) }
        let run = paragraphs.run(at: offset)
        let style = run?.style ?? 0
        var properties = styles[style]?.paragraph ?? DOCParagraph()
        properties.style = style
        let data = hugeBytes < Self.mostHugeBytes ? data : data.clipped(0, 0)
        if let run { properties.apply(DOCProperties(bytes: run.properties, isOld: header.isOld), data: data) }
        if let modifier = modifier(piece) { properties.apply(modifier, data: data) }
        hugeBytes += properties.hugeBytes
        return (properties, run, piece)
    }
}
