// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What a stream of ours is written to: a terminal with a width and perhaps colours, or something that a program reads.
struct Terminal: Sendable, Equatable {
    var isTerminal: Bool
    var hasColour: Bool
    /// Columns; nil: lines are not cut.
    var width: Int?

    static let output = Terminal(of: 1)
    static let errors = Terminal(of: 2)

    /// Colours by terminal and `TERM`; `NO_COLOR` takes them away (no-color.org), `CLICOLOR_FORCE` gives them to pipes too.
    init(of descriptor: Int32, environment: (String) -> String? = Self.variable) {
        isTerminal = isatty(descriptor) == 1
        let isForced = environment("CLICOLOR_FORCE").map { $0 != "0" } ?? false
        let isRefused = environment("NO_COLOR") != nil || environment("TERM") == "dumb"
        hasColour = !isRefused && (isTerminal || isForced)
        guard isTerminal else { return }
        var size = winsize()
        let known = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
        width = known > 0 ? known : environment("COLUMNS").flatMap { Int($0) } ?? 80
    }

    init(isTerminal: Bool, hasColour: Bool, width: Int?) {
        self.isTerminal = isTerminal
        self.hasColour = hasColour
        self.width = width
    }

    /// An empty variable is none.
    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Of the sixteen colours that every theme sets, dark or light, and none that is hard to read on either.
    enum Ink: String, Sendable, CaseIterable { case good = "32", warning = "33", bad = "31", strong = "1", faint = "2", link = "36" }

    /// Whether what stands behind an escape begins with an ink, or the end of one.
    static func isInk(_ text: Substring) -> Bool { (Ink.allCases.map(\.rawValue) + ["0"]).contains { text.hasPrefix("[\($0)m") } }

    func paint(_ text: String, _ ink: Ink) -> String { hasColour && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text }
}

extension String {
    /// Columns on a terminal: East Asian wide characters and emoji take two, marks that combine and inks none (Unicode 15, UAX 11).
    var columns: Int {
        var isInk = false
        return reduce(0) { sum, character in
            if character == "\u{1B}" { isInk = true }
            if isInk {
                isInk = character != "m"
                return sum
            }
            return sum + character.columns
        }
    }

    /// What fits, with `…` where something is missing; with `keepingEnd` the end of it, as for paths.
    func cut(to width: Int, keepingEnd: Bool = false) -> String {
        if columns <= width { return self }
        guard width > 1 else { return width == 1 ? "…" : "" }
        var used = 1
        var kept: [Character] = []
        let characters = keepingEnd ? Array(reversed()) : Array(self)
        for character in characters {
            guard used + character.columns <= width else { break }
            used += character.columns
            kept.append(character)
        }
        return keepingEnd ? "…" + String(kept.reversed()) : String(kept) + "…"
    }

    /// Lines of at most `width` columns, of which the first begins behind `indent`, or behind `first` columns, and the others
    /// behind `indent`. A word that is longer, such as a path, stays whole.
    func broken(at width: Int?, indent: Int, first: Int? = nil) -> String {
        guard let width, width - indent >= 20 else { return self }
        var lines: [String] = [""]
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            let last = lines[lines.count - 1]
            let room = width - (lines.count == 1 ? first ?? indent : indent)
            if last.isEmpty { lines[lines.count - 1] = String(word) }
            else if last.columns + 1 + String(word).columns <= room { lines[lines.count - 1] += " \(word)" }
            else { lines.append(String(word)) }
        }
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }

    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }
}

extension Character {
    fileprivate var columns: Int {
        guard let first = unicodeScalars.first, first.value >= 0x300 else { return 1 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD: return 2
        default: return first.properties.generalCategory == .nonspacingMark ? 0 : 1
        }
    }
}
