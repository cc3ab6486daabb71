// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc

// Every word of this program to people goes through here: whatever a file's name, a hook or an older log has in it,
// nothing steers the terminal.

/// A line on standard output; takes the place of Swift's own in this program.
func print(_ text: String, terminator: String = "\n") { Swift.print(shown(text, on: .output), terminator: terminator) }

/// Text for standard error, past any buffer.
func writeError(_ text: String) { writeErrorAsIs(shown(text, on: .errors)) }

/// The same with what moves a terminal's cursor, for text of this program's own.
func writeErrorAsIs(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
}

/// The text with everything made visible that steers; on a terminal with colours, `Terminal.paint`'s inks stay.
func shown(_ text: String, on terminal: Terminal) -> String {
    guard terminal.hasColour, text.unicodeScalars.contains("\u{1B}") else { return PlainStrings.visible(text) }
    var out = ""
    for (place, piece) in text.unicodeScalars.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated() {
        let piece = Substring(piece)
        if place > 0 { out += Terminal.isInk(piece) ? "\u{1B}" : "\\u001b" }
        out += PlainStrings.visible(String(piece))
    }
    return out
}
