// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// The run of characters that was looked up last, kept because the next character is most often in it.
struct DOCRunCursor {
    private var start = 0, end = 0
    private var formatting = DOCFormatting()
    private var style = -1

    /// How a character looks, and where the run it is in ends.
    mutating func formatting(at character: Int, in file: DOCFile, styleNumber: Int, base: DOCFormatting) -> (formatting: DOCFormatting, end: Int) {
        if character >= start, character < end, style == styleNumber { return (formatting, end) }
        guard let (offset, piece) = file.offset(of: character) else { return (base, .max) }
        formatting = base
        style = styleNumber
        start = character
        end = piece.end
        if let run = file.characters.run(at: offset) {
            end = min(piece.end, character + max(1, (run.end - offset) / piece.width))
            apply(DOCProperties(bytes: run.properties, isOld: file.header.isOld), base, file)
        }
        if let modifier = file.modifier(piece) { apply(modifier, base, file) }
        return (formatting, end)
    }

    mutating func isDeleted(_ character: Int, in file: DOCFile, style: DOCFormatting) -> Bool {
        formatting(at: character, in: file, styleNumber: -2, base: style).formatting.isDeleted
    }

    private mutating func apply(_ properties: DOCProperties, _ base: DOCFormatting, _ file: DOCFile) {
        if properties.bytes.count > 0 { formatting.apply(properties, style: base) { file.styles[$0]?.changes ?? [] } }
    }
}
