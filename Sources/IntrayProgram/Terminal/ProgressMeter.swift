// SPDX-License-Identifier: Apache-2.0
import Glibc
import Pipeline
import Quantities
import Synchronization

/// How far a sweep is: a few lines that are drawn anew on a terminal, a line every ten seconds elsewhere; on standard error.
final class ProgressMeter: Sendable {
    private struct Desk {
        var calls = 0
        /// Lines that stand on the terminal now.
        var drawn = 0
    }

    private let isQuiet: Bool
    private let desk = Mutex(Desk())

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    /// Called about once a second.
    func show(_ progress: Progress) {
        if isQuiet { return }
        // A window may have got another size.
        let terminal = Terminal(of: 2)
        desk.withLock { desk in
            desk.calls += 1
            guard terminal.isTerminal else {
                if desk.calls.isMultiple(of: 10) { writeError(Self.line(progress) + "\n") }
                return
            }
            let lines = Self.block(progress, on: terminal)
            writeErrorAsIs(Self.erasing(desk.drawn))
            writeError(lines.joined(separator: "\n") + "\n")
            desk.drawn = lines.count
        }
    }

    func end() {
        desk.withLock { desk in
            writeErrorAsIs(Self.erasing(desk.drawn))
            desk.drawn = 0
        }
    }

    /// Up over what was drawn, and everything below goes.
    private static func erasing(_ lines: Int) -> String { lines > 0 ? "\u{1B}[\(lines)A\r\u{1B}[J" : "" }

    /// For logs.
    static func line(_ progress: Progress) -> String {
        let ended = progress.ended
        var text = "\(Quantity.count(ended)) done, \(Quantity.count(progress.failed)) failed, \(Quantity.count(progress.inWork + progress.waiting)) to go, "
        text += "\(Quantity.rate(progress.documentsPerSecond)), \(Quantity.bytes(UInt64(progress.bytesPerSecond)))/s"
        if progress.isStopping { text += ", stopping" } else if let left = progress.remaining { text += ", about \(Quantity.duration(seconds: left)) left" }
        return text
    }

    /// A bar, the counts, and what is in work; no line is wider than the terminal.
    static func block(_ progress: Progress, on terminal: Terminal) -> [String] {
        let width = max(20, (terminal.width ?? 80) - 1)
        // All of what is found so far is not all; and of few files no share can be told.
        let isKnown = !progress.isLooking || progress.ended >= 100
        let share = min(progress.isLooking ? 0.99 : 1, max(0, progress.fraction))
        let percent = "\(Int(share * 100)) %"
        var words = isKnown ? [percent] : []
        words.append("\(Quantity.count(progress.ended)) of \(Quantity.count(progress.total))\(progress.isLooking ? " found so far" : "")")
        if let left = progress.remaining, !progress.isLooking, progress.inWork + progress.waiting > 0 { words.append("\(Quantity.duration(seconds: left)) left") }
        // Where there is no room for all, what stands last gives way.
        for rate in [Quantity.rate(progress.documentsPerSecond), "\(Quantity.bytes(UInt64(progress.bytesPerSecond)))/s"] {
            if (words + [rate]).joined(separator: "  ").columns <= width { words.append(rate) }
        }
        let facts = "  " + words.joined(separator: "  ")
        let bar = min(40, width - facts.columns)
        var lines: [String] = []
        if isKnown, bar >= 10 {
            let filled = Int((Double(bar) * share).rounded())
            lines.append(terminal.paint(String(repeating: "━", count: filled), .good) + terminal.paint(String(repeating: "─", count: bar - filled), .faint) + facts)
        } else {
            lines.append(String(facts.dropFirst(2)).cut(to: width))
        }
        var counts = "\(Quantity.count(progress.done)) converted"
        if progress.failed > 0 { counts += ", " + terminal.paint("\(Quantity.count(progress.failed)) failed", .bad) }
        if progress.skipped > 0 { counts += ", \(Quantity.count(progress.skipped)) skipped" }
        if progress.isStopping { counts += "; " + terminal.paint("stopping", .warning) }
        lines.append(counts + (progress.current.isEmpty ? "" : progress.isStopping ? " when these have ended:" : "; in work:"))
        lines += progress.current.map { terminal.paint("  \($0.cut(to: width - 2, keepingEnd: true))", .faint) }
        return lines
    }
}
