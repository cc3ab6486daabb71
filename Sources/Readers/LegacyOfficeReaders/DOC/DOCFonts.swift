// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import TextDecoding

/// The fonts ([MS-DOC] 2.9.286, 2.9.77): which are of one width, which are of symbols, and in which charset old text is.
struct DOCFonts {
    struct Font {
        var name: String
        var isMonospaced: Bool
        var codePage: CodePage?
    }

    private var fonts: [Font] = []

    init(_ table: LittleEndianBytes, isOld: Bool, codePage: CodePage) {
        var at = isOld ? 2 : 4
        while fonts.count < 4_096, let size = table.byte(at) {
            let entry = table.clipped(at, size + 1)
            let name: String
            if isOld {
                name = codePage.text(UnsafeRawBufferPointer(rebasing: entry.clipped(6, size).raw.prefix { $0 != 0 }))
            } else {
                name = entry.clipped(40, size).utf16BeforeNUL
            }
            fonts.append(Font(name: name, isMonospaced: MonospacedFont.matches(name), codePage: entry.byte(4).flatMap { CodePage(fontCharset: $0) }))
            at += size + 1
        }
    }

    subscript(place: Int?) -> Font? {
        guard let place, fonts.indices.contains(place) else { return nil }
        return fonts[place]
    }
}
