// SPDX-License-Identifier: Apache-2.0

/// The few declarations of a `style` attribute that change what the text says. Sheets are not read.
struct HTMLStyle {
    enum Display { case block, inline, hidden }

    var display: Display?
    var isInvisible = false
    var keepsSpace: Bool?
    var strong: Bool?
    var emphasis: Bool?
    var strikethrough = false
    var alignment: ByteSlice?

    init() {}

    init(_ declarations: ByteSlice) {
        var start = 0
        while start < declarations.count {
            var end = start
            var colon: Int?
            while end < declarations.count, declarations[end] != UInt8(ascii: ";") {
                if colon == nil, declarations[end] == UInt8(ascii: ":") { colon = end }
                end += 1
            }
            if let colon {
                apply(declarations[slice: start..<colon].trimmed, declarations[slice: (colon + 1)..<end])
            }
            start = end + 1
        }
    }

    private mutating func apply(_ name: ByteSlice, _ written: ByteSlice) {
        switch name.count {
        case 7 where name.isKeyword("display"):
            let value = written.trimmed
            if value.hasKeyword("none") { display = .hidden }
            if value.isKeyword("block") || value.isKeyword("flex") || value.isKeyword("grid") { display = .block }
            if value.isKeyword("inline") { display = .inline }
        case 10 where name.isKeyword("visibility"):
            isInvisible = written.trimmed.hasKeyword("hidden") || written.trimmed.hasKeyword("collapse")
        case 11 where name.isKeyword("white-space"):
            keepsSpace = written.trimmed.hasKeyword("pre")
        case 11 where name.isKeyword("font-weight"):
            let value = written.trimmed
            if let weight = value.number(most: 9_999) { strong = weight >= 600 }
            if value.hasKeyword("bold") { strong = true }
            if value.hasKeyword("normal") { strong = false }
        case 10 where name.isKeyword("font-style"):
            let value = written.trimmed
            if value.hasKeyword("italic") || value.hasKeyword("oblique") { emphasis = true }
            if value.hasKeyword("normal") { emphasis = false }
        case 10 where name.isKeyword("text-align"):
            alignment = written.trimmed
        case 15 where name.isKeyword("text-decoration"), 20 where name.isKeyword("text-decoration-line"):
            strikethrough = written.place(ofKeyword: "line-through") != nil
        default:
            break
        }
    }
}
