// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

/// What `style:text-properties` says (16.29.29), as far as a reader of text cares; nil: not said.
struct ODFTextProperties {
    var bold: Bool?
    var italic: Bool?
    var strike: Bool?
    var underline: Bool?
    var hidden: Bool?
    /// Above zero: superscript; below: subscript.
    var position: Int?
    var isMonospaced: Bool?
    /// Points; percentages are not resolved.
    var size: Double?

    init() {}

    init(_ element: XMLElement) {
        if let weight = element.attribute(.fo_fontWeight) { bold = weight == "bold" || (Int(weight) ?? 0) >= 600 }
        if let style = element.attribute(.fo_fontStyle) { italic = style != "normal" }
        if let line = element.attribute(.style_textLineThroughStyle) ?? element.attribute(.style_textLineThroughType) { strike = line != "none" }
        if let line = element.attribute(.style_textUnderlineStyle) ?? element.attribute(.style_textUnderlineType) { underline = line != "none" }
        if let display = element.attribute(.text_display) { hidden = display == "none" }
        if let place = element.attribute(.style_textPosition) { position = Self.position(place) }
        if let font = element.attribute(.style_fontName) ?? element.attribute(.fo_fontFamily) {
            isMonospaced = MonospacedFont.matches(font.hasPrefix("'") ? String(font.dropFirst()) : font)
        }
        if let size = element.attribute(.fo_fontSize), size.hasSuffix("pt") { self.size = Double(size.dropLast(2)) }
    }

    /// `super 58%`, `-33% 58%` (20.384); raised text of full size is a matter of layout.
    private static func position(_ text: String) -> Int {
        let words = text.split(separator: " ")
        guard let first = words.first else { return 0 }
        if first == "super" { return 1 }
        if first == "sub" { return -1 }
        let raised = Double(first.dropLast(first.last == "%" ? 1 : 0)) ?? 0
        let height = words.count > 1 ? words[1] : "100%"
        guard height != "100%" else { return 0 }
        return raised > 0 ? 1 : raised < 0 ? -1 : 0
    }

    /// What `over` says counts; the rest stays.
    func overlaid(by over: ODFTextProperties) -> ODFTextProperties {
        var result = self
        result.bold = over.bold ?? bold
        result.italic = over.italic ?? italic
        result.strike = over.strike ?? strike
        result.underline = over.underline ?? underline
        result.hidden = over.hidden ?? hidden
        result.position = over.position ?? position
        result.isMonospaced = over.isMonospaced ?? isMonospaced
        result.size = over.size ?? size
        return result
    }

    var marks: TextMarks {
        var marks: TextMarks = []
        if bold == true { marks.insert(.bold) }
        if italic == true { marks.insert(.italic) }
        if strike == true { marks.insert(.strike) }
        if underline == true { marks.insert(.underline) }
        if let position, position != 0 { marks.insert(position > 0 ? .superscript : .subscript) }
        if isMonospaced == true { marks.insert(.code) }
        return marks
    }
}
