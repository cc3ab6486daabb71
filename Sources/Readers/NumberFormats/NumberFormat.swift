// SPDX-License-Identifier: Apache-2.0

/// A number format of a spreadsheet (ECMA-376 part 1, 18.8.30 and 18.8.31), parsed once and applied to many cells.
///
///     NumberFormat(code: "#,##0.00;[Red]-#,##0.00").text(for: 1234.5)   // "1,234.50"
///     NumberFormat(builtIn: 10)?.text(for: 0.125)                       // "12.50%"
///
/// The text is what the cell shows, without what only fills its width: colours, `_x` and `*x` at the ends, and the
/// spaces of `?`. Formats that follow the viewer's own settings (14, 22) give ISO 8601. A value the format cannot
/// show (a date before the calendar, `####` on the screen) is shown as a plain number.
package struct NumberFormat: Sendable, Hashable {
    package let code: String
    let sections: [FormatSection]

    package static let general = NumberFormat(code: "General")

    /// Takes any code; what it does not know stands for itself, as in the spreadsheet.
    package init(code: String) {
        self.code = code
        sections = FormatCode.sections(of: code)
    }

    /// A format that files name by its number only; nil for the numbers that a file defines itself.
    package init?(builtIn id: Int) {
        guard let code = BuiltInFormats.code(id) else { return nil }
        self.init(code: code)
    }

    /// Shows numbers just as they are.
    package var isGeneral: Bool { sections.count == 1 && sections[0].tokens == [.general] }

    /// Shows a point in time or a duration.
    package var isDate: Bool { sections.first?.kind == .date }

    /// What a cell with this number shows.
    /// - Parameter date1904: Days are counted from 1904-01-01 instead of 1900-01-00 (18.17.4.1).
    package func text(for value: Double, date1904: Bool = false) -> String {
        guard value.isFinite else { return "" }
        guard let section = section(for: value) else { return GeneralNumber.text(value) }
        let isNegative = value < 0 && !section.isForNegatives
        var out: [UInt8] = []
        if section.kind == .date {
            guard DateLayout(section: section, date1904: date1904).write(value, to: &out) else { return GeneralNumber.text(value) }
        } else {
            if isNegative { out.append(UInt8(ascii: "-")) }
            section.write(value.magnitude, to: &out)
        }
        return Self.trimmed(out)
    }

    /// What a cell with this text shows: the fourth section, or one that holds `@`; else the text itself.
    package func text(for text: String) -> String {
        let section = sections.count > 3 ? sections[3] : sections.last { $0.kind == .text }
        guard let section, section.kind == .text || section.tokens.isEmpty || section.kind == .literal else { return text }
        var out: [UInt8] = []
        for token in section.tokens {
            switch token {
            case .text: out.append(contentsOf: text.utf8)
            case .literal(let bytes): out.append(contentsOf: bytes)
            default: continue
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The section for a number: by its condition, else by sign (18.8.31).
    private func section(for value: Double) -> FormatSection? {
        let numeric = sections.prefix(3).filter { $0.kind != .text || sections.count == 1 }
        guard let last = numeric.last else { return sections.first }
        for section in numeric.dropLast() where section.condition?.holds(for: value) ?? true { return section }
        return last.condition?.holds(for: value) ?? true ? last : nil
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        guard bytes.first == 0x20 || bytes.last == 0x20 else { return String(decoding: bytes, as: UTF8.self) }
        var rest = bytes[...]
        while rest.first == 0x20 { rest.removeFirst() }
        while rest.last == 0x20 { rest.removeLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
