// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// One thing that was looked at before anything runs.
struct Finding: Codable, Equatable {
    enum Level: String, Codable, Comparable {
        case ok, warning, fault

        static func < (a: Level, b: Level) -> Bool { order(a) < order(b) }
        fileprivate var ink: Terminal.Ink { self == .ok ? .good : self == .warning ? .warning : .bad }

        private static func order(_ level: Level) -> Int { level == .ok ? 0 : level == .warning ? 1 : 2 }
    }

    var level: Level
    /// What was looked at: `configuration`, `route main: inbox`, `workers`.
    var subject: String
    var finding: String
    /// What to do about it; nil when all is well.
    var remedy: String?

    static func ok(_ subject: String, _ finding: String) -> Finding { Finding(level: .ok, subject: subject, finding: finding) }
    static func warning(_ subject: String, _ finding: String, remedy: String) -> Finding {
        Finding(level: .warning, subject: subject, finding: finding, remedy: remedy)
    }
    static func fault(_ subject: String, _ finding: String, remedy: String) -> Finding {
        Finding(level: .fault, subject: subject, finding: finding, remedy: remedy)
    }
}

extension [Finding] {
    var isRefused: Bool { contains { $0.level == .fault } }

    /// A line each, the remedy below, once for several findings in a row that have the same; lines break between words where the
    /// terminal ends. On a narrow one the finding stands below its subject.
    func text(on terminal: Terminal) -> String {
        let width = map(\.subject.columns).max() ?? 0
        let isNarrow = terminal.width.map { $0 - width - 11 < 30 } ?? false
        let margin = isNarrow ? 9 : 11 + width
        var text = ""
        for (place, finding) in enumerated() {
            let level = terminal.paint(finding.level.rawValue, finding.level.ink) + String(repeating: " ", count: 9 - finding.level.rawValue.count)
            let subject = isNarrow ? finding.subject + "\n" + String(repeating: " ", count: margin) : finding.subject.padded(to: width) + "  "
            text += "\(level)\(subject)\(finding.finding.broken(at: terminal.width, indent: margin))\n"
            let isSaidBelow = place + 1 < count && self[place + 1].remedy == finding.remedy
            if let remedy = finding.remedy, !isSaidBelow { text += String(repeating: " ", count: margin) + "→ \(remedy.broken(at: terminal.width, indent: margin + 2))\n" }
        }
        let (warnings, faults) = (count { $0.level == .warning }, count { $0.level == .fault })
        return text + "\(count - warnings - faults) ok, \(warnings) warning\(warnings == 1 ? "" : "s"), \(faults) fault\(faults == 1 ? "" : "s")\n"
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try map { String(decoding: try encoder.encode($0), as: UTF8.self) }.joined(separator: "\n")
    }
}
