// SPDX-License-Identifier: Apache-2.0

/// A number of bytes as people write it: `64MiB`, `1GB`, `1000`.
package struct ByteCount: Sendable, Equatable {
    package let bytes: UInt64

    package init?(_ text: String) {
        guard let bytes = Quantities.bytes(text) else { return nil }
        self.bytes = bytes
    }

    package static let expected = "for example 64MiB, 1GB or a number of bytes"

    /// What is expected in the place of a text that is no size: both that can be meant where the unit is half of one, as in `1G`.
    package static func expected(for text: String) -> String {
        let split = text.firstIndex { !($0.isASCII && $0.isNumber) && $0 != "." } ?? text.endIndex
        let (number, unit) = (text[..<split], text[split...].drop { $0 == " " }.uppercased())
        guard let letter = unit.first, "KMGT".contains(letter) else { return expected }
        let choices = unit == "\(letter)" ? ["iB", "B"] : unit == "\(letter)IB" ? ["iB"] : unit == "\(letter)B" ? ["B"] : []
        let written = choices.compactMap { ending in
            let text = "\(number)\(letter)\(ending)"
            return Quantities.bytes(text).map { "\(text) (\($0) bytes)" }
        }
        return written.isEmpty ? expected : written.joined(separator: " or ")
    }
}
