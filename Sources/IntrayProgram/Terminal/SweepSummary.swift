// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Pipeline
import Quantities

/// What a sweep has done: in all, by format, and each failure with what to do about it.
struct SweepSummary {
    let summary: Sweep.Summary
    /// What names the sweep to other commands: `--state OUT.state`.
    let address: String

    func render(on terminal: Terminal) -> String {
        var text = "\(Quantity.count(summary.done)) converted, "
        text += summary.failed > 0 ? terminal.paint("\(Quantity.count(summary.failed)) failed", .bad) : "0 failed"
        if summary.skipped > 0 { text += ", \(Quantity.count(summary.skipped)) skipped" }
        if summary.unsettled > 0 { text += ", \(Quantity.count(summary.unsettled)) still being written" }
        text += " in \(Quantity.duration(seconds: summary.seconds)) (\(Quantity.bytes(summary.bytes))"
        if summary.seconds > 0, summary.done > 0 { text += ", \(Quantity.rate(Double(summary.done) / summary.seconds))" }
        text = (text + ")").broken(at: terminal.width, indent: 2, first: 0) + "\n"
        if summary.wasInterrupted { text += "interrupted: the next sweep with the same state goes on\n" }
        if let reason = summary.stoppedBy { text += "stopped: \(reason)\n" }
        let formats = summary.ends.formats.sorted { ($0.value.done + $0.value.failed, $1.key) > ($1.value.done + $1.value.failed, $0.key) }
        if formats.count > 1 || !summary.ends.failures.isEmpty {
            var table = TextTable(header: ["FORMAT", "CONVERTED", "FAILED", "SIZE"])
            for (name, counts) in formats {
                table.add([
                    .init(name), .init(Quantity.count(counts.done)), .init(Quantity.count(counts.failed), counts.failed > 0 ? .bad : nil),
                    .init(Quantity.bytes(counts.bytes)),
                ])
            }
            text += table.render(on: terminal)
        }
        return text + unreadable(on: terminal) + failures(on: terminal) + losses(on: terminal) + left(on: terminal)
    }

    /// Folders whose files were not even found.
    private func unreadable(on terminal: Terminal) -> String {
        if summary.unreadable == 0 { return "" }
        let count = terminal.paint("\(Quantity.count(summary.unreadable, "folder")) passed over", .bad)
        let more = summary.unreadable - summary.firstUnreadable.count
        let reasons = summary.firstUnreadable.joined(separator: "; ") + (more > 0 ? "; and \(Quantity.count(more)) more like that" : "")
        return "\(count): \(reasons)".broken(at: terminal.width, indent: 2, first: 0) + "\n" + arrow("get the right to read and enter what is to be swept; the same sweep takes what lies there then", on: terminal)
    }

    /// What failed and what to do about it; what goes for several kinds of failure is said behind the last of them.
    private func failures(on terminal: Terminal) -> String {
        let failures = summary.ends.failures.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
        if failures.isEmpty { return "" }
        var text = ""
        for (place, failure) in failures.enumerated() {
            let (code, count) = (failure.key, Quantity.count(failure.value))
            text += "\(terminal.paint("\(count) \(code.rawValue)", .bad)): \(code.meaning)".broken(at: terminal.width, indent: 2, first: 0) + "\n"
            if failures[(place + 1)...].contains(where: { $0.key.adviceAtOnce == code.adviceAtOnce }) { continue }
            text += arrow(code.adviceAtOnce, on: terminal)
        }
        text += "which they are: intray jobs --status failed \(address)".broken(at: terminal.width, indent: 2, first: 0) + "\n"
        return text + "to try them again: intray retry --all \(address), then the same sweep".broken(at: terminal.width, indent: 2, first: 0) + "\n"
    }

    /// What was converted and is not whole, damage before what an output cannot hold.
    private func losses(on terminal: Terminal) -> String {
        let (ends, damaged) = (summary.ends, Quantity.count(summary.ends.damaged))
        var text = ""
        if ends.damaged > 0 {
            let more = ends.damaged - ends.firstDamaged.count
            let names = ends.firstDamaged.joined(separator: ", ") + (more > 0 ? " and \(Quantity.count(more)) more" : "")
            text += "\(terminal.paint("\(damaged) damaged", .warning)), converted as far as \(ends.damaged == 1 ? "it" : "they") could be read: \(names)".broken(at: terminal.width, indent: 2, first: 0) + "\n"
            text += arrow("look at the text, or ask for another copy; NAME.losses.json beside each output says what is missing", on: terminal)
        }
        if ends.lossy > 0 {
            text += "\(Quantity.count(ends.lossy))\(ends.damaged > 0 ? " others" : "") converted without something that the output cannot hold, as NAME.losses.json says".broken(at: terminal.width, indent: 2, first: 0) + "\n"
        }
        return text
    }

    /// What an earlier sweep has dealt with, and how to have it done again.
    private func left(on terminal: Terminal) -> String {
        let left = summary.left
        if left.all == 0 { return "" }
        let ends = [(left.done, "converted"), (left.failed, "failed"), (left.other, "skipped")].filter { $0.0 > 0 }
        var text = "\(Quantity.count(left.all)) left alone, dealt with before: \(ends.map { "\(Quantity.count($0.0)) \($0.1)" }.joined(separator: ", "))"
        text = text.broken(at: terminal.width, indent: 2, first: 0) + "\n"
        if !summary.differences.isEmpty {
            text += "  \("they had other options than these: \(summary.differences.joined(separator: ", "))".broken(at: terminal.width, indent: 2))\n"
        }
        text += arrow("--again converts them anew and replaces their outputs", on: terminal)
        if left.failed > 0, summary.ends.failures.isEmpty { text += arrow("intray retry --all \(address) lets the next sweep try those that failed", on: terminal) }
        return text
    }

    private func arrow(_ text: String, on terminal: Terminal) -> String { "  → \(text.broken(at: terminal.width, indent: 4))\n" }

    /// For a program.
    struct Written: Encodable {
        struct OfFormat: Encodable {
            var done: Int
            var failed: Int
            var bytes: UInt64
        }

        var done: Int
        var failed: Int
        var skipped: Int
        var unsettled: Int
        /// Folders that could not be looked into.
        var unreadable: Int
        var left: Int
        var retries: Int
        var bytes: UInt64
        var seconds: Double
        var stoppedBy: String?
        var formats: [String: OfFormat]
        var failures: [String: Int]
        /// Of those that are done.
        var damaged: Int
        var lossy: Int

        enum CodingKeys: String, CodingKey {
            case done, failed, skipped, unsettled, unreadable, left, retries, bytes, seconds, formats, failures, damaged, lossy, stoppedBy = "stopped_by"
        }

        init(_ summary: Sweep.Summary) {
            done = summary.done
            failed = summary.failed
            skipped = summary.skipped
            unsettled = summary.unsettled
            unreadable = summary.unreadable
            left = summary.left.all
            retries = summary.retries
            bytes = summary.bytes
            seconds = summary.seconds
            stoppedBy = summary.stoppedBy
            damaged = summary.ends.damaged
            lossy = summary.ends.lossy
            formats = summary.ends.formats.mapValues { OfFormat(done: $0.done, failed: $0.failed, bytes: $0.bytes) }
            failures = Dictionary(uniqueKeysWithValues: summary.ends.failures.map { ($0.key.rawValue, $0.value) })
        }
    }
}
