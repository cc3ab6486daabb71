// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Everything that the blocks of one text share.
final class RSTParsing {
    let names: RSTNames
    let limits: ReadLimits
    var diagnostics: Diagnostics
    var metadata = Metadata()
    var notes: [Note] = []
    /// Marks of headings in the order of their levels; with an overline they are marks of their own.
    private var styles: [[UInt8]] = []
    /// What `highlight` set for code without a language.
    var language: String?
    private var anonymous = 0
    private var counts: [String: Int] = [:]

    init(names: RSTNames, limits: ReadLimits, diagnostics: Diagnostics) {
        self.names = names
        self.limits = limits
        self.diagnostics = diagnostics
    }

    func level(mark: UInt8, isOverlined: Bool) -> Int {
        let style = isOverlined ? [mark, mark] : [mark]
        if let index = styles.firstIndex(of: style) { return index + 1 }
        styles.append(style)
        return styles.count
    }

    /// `#` and `*` are counted, references and notes each for themselves; `#name` is the same note everywhere.
    func noteID(_ label: String, isReference: Bool) -> NoteID {
        guard label == "#" || label == "*" else { return NoteID(label.hasPrefix("#") ? String(label.dropFirst()) : label) }
        let key = (isReference ? "reference" : "note") + label
        counts[key, default: 0] += 1
        return NoteID((label == "#" ? "n" : "s") + String(counts[key] ?? 0))
    }

    func nextAnonymousTarget() -> String? {
        defer { anonymous += 1 }
        return anonymous < names.anonymous.count ? names.anonymous[anonymous] : nil
    }
}
