// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import Pipeline
import Quantities

/// One event as a line for people: when, what, about what, and the rest.
struct EventLine {
    let event: Event

    func render(on terminal: Terminal) -> String {
        let what = Self.word(event.type)
        var subject = event.path ?? ""
        if let hook = event.details?["hook"], subject.isEmpty { subject = "hook \(hook)" }
        if subject.isEmpty, let route = event.route { subject = "route \(route)" }
        let detail = detail
        guard let width = terminal.width else { return "\(event.time)  \(what.padded(to: 16))  \(subject)\(detail.isEmpty ? "" : "  \(detail)")" }
        let time = Clock.short(event.time)
        if width < 60 {
            let cells: [TextTable.Cell] = [.init(time, .faint), .init(what, Self.ink(event.type)), .init(subject, keepsEnd: true), .init(detail, .faint)]
            return String(TextTable.flow(cells, within: width, on: terminal).dropLast())
        }
        let room = max(10, width - time.count - 20)
        let name = subject.cut(to: detail.isEmpty ? room : max(10, room * 3 / 5), keepingEnd: true)
        let rest = detail.isEmpty ? "" : "  " + detail.cut(to: max(1, room - name.columns - 2))
        return "\(terminal.paint(time, .faint))  \(terminal.paint(what.padded(to: 16), Self.ink(event.type)))  \(name)\(terminal.paint(rest, .faint))"
    }

    /// Without what the line has said already.
    private var detail: String {
        switch event.type {
        case .jobDone:
            var words = (event.outputs ?? []).filter { $0.kind == "document" }.map { "→ \($0.path.afterLastSlash)" }
            if let milliseconds = event.durations?["run"] { words.append("\(Int(milliseconds.rounded())) ms") }
            if let damage = event.losses?.first(where: \.isDamage) { words.append("damaged: \(damage.message)") }
            if let losses = event.losses { words.append(Quantity.count(losses.reduce(0) { $0 + $1.count }, "loss", "losses")) }
            return words.joined(separator: ", ")
        case .jobFailed: return event.error?.description ?? ""
        case .jobClaimed: return event.size.map { Quantity.bytes($0) } ?? ""
        case .jobStarted: return event.attempt.map { $0 > 1 ? "attempt \($0)" : "" } ?? ""
        default: return event.detail
        }
    }

    private static func word(_ type: EventType) -> String { type.rawValue.replacing(".", with: " ") }

    private static func ink(_ type: EventType) -> Terminal.Ink {
        switch type {
        case .jobDone, .routeUp, .routeResumed, .hookDone, .configurationReloaded: .good
        case .jobFailed, .routeDown, .hookFailed, .hookTimeout, .hookDisabled, .configurationRejected: .bad
        case .jobRetry, .jobTorn, .routeDegraded, .routePaused, .fileStalled, .sandboxOff, .hookDeferred, .jobSkipped, .jobCancelled: .warning
        case .daemonStarted, .daemonStopped: .strong
        case .scanStarted, .scanFinished, .jobClaimed, .jobStarted, .jobRetried, .jobDismissed, .hookRetried: .faint
        }
    }
}

extension String {
    fileprivate var afterLastSlash: Substring { self[(lastIndex(of: "/").map(index(after:)) ?? startIndex)...] }
}
