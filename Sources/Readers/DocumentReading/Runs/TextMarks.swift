// SPDX-License-Identifier: Apache-2.0

/// The character formatting that a reader carries over, as bits.
package struct TextMarks: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = TextMarks(rawValue: 1), italic = TextMarks(rawValue: 2), strike = TextMarks(rawValue: 4)
    package static let underline = TextMarks(rawValue: 8), superscript = TextMarks(rawValue: 16), `subscript` = TextMarks(rawValue: 32)
    /// In a font or style of program text.
    package static let code = TextMarks(rawValue: 64)

    /// From the outside in.
    static let order: [TextMarks] = [.bold, .italic, .strike, .underline, .superscript, .subscript, .code]
}

/// Names of fonts whose letters are all of one width.
package enum MonospacedFont {
    package static func matches(_ font: String) -> Bool {
        let name = font.lowercased()
        return starts.contains { name.hasPrefix($0) } || name.hasSuffix("mono") || name.contains(" mono") || names.contains(name)
    }

    private static let starts = ["courier", "consolas", "lucida console", "liberation mono", "cascadia"]
    private static let names: Set<String> = ["monaco", "menlo", "source code pro", "fixedsys", "fira code", "terminal", "inconsolata", "lucida sans typewriter"]
}

/// Tells program text in a fixed-width font from prose in one.
package enum ProgramText {
    package static func isLikely(_ text: String) -> Bool {
        let signs = text.utf8.count { "{}();=<>[]$#\\|_*/+".utf8.contains($0) }
        return signs * 40 >= text.utf8.count || text.hasPrefix("    ") || text.hasPrefix("\t")
    }
}
