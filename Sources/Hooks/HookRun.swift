// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess

/// How one run of a hook ended.
package struct HookRun: Sendable, Equatable {
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
        /// It was told to end, and its process group killed.
        case timedOut
        /// The daemon ended first: the run does not count.
        case stopped
        case notStarted(String)
        /// The web address answered with this status.
        case answered(Int)
        /// There was no answer, and why.
        case unanswered(String)
    }

    package var ending: Ending
    package var milliseconds: Double = 0
    /// The last 4 KiB.
    package var errors: [UInt8] = []
    /// The first 64 KiB, where they were asked for.
    package var output: [UInt8] = []
    /// How long the other side wants to be left alone.
    package var pause: Duration?

    package enum Verdict: Sendable, Equatable {
        case done, skip, switchOff, failed
        /// Not now: the other side is away or busy, which says nothing about the event.
        case again
        /// It would be refused again: given up at once.
        case refused
    }

    /// What the exit code means (sysexits(3) has 75 and 77), or the status (RFC 9110; 425 RFC 8470, 429 RFC 6585).
    package var verdict: Verdict {
        switch ending {
        case .exited(0): .done
        case .exited(10): .skip
        case .exited(75): .again
        case .exited(77): .switchOff
        case .exited, .signalled, .timedOut, .stopped: .failed
        case .answered(200..<300): .done
        case .answered(410): .switchOff
        case .answered(408), .answered(425), .answered(429), .answered(502...504), .unanswered, .notStarted: .again
        case .answered(500...): .failed
        case .answered: .refused
        }
    }

    /// For people: `exit 3`, `signal 9`, `timeout`.
    package var text: String {
        switch ending {
        case .exited(let code): "exit \(code)"
        case .signalled(let number): "signal \(number)"
        case .timedOut: "timeout"
        case .stopped: "stopped"
        case .notStarted(let reason): reason
        case .answered(let status): "status \(status)\((300..<400).contains(status) ? ", and redirections are not followed" : "")"
        case .unanswered(let reason): "no answer: \(reason)"
        }
    }

    /// How it ended and the last line of what it said: `exit 3: no such table`.
    package var reason: String {
        let lines = String(decoding: errors, as: UTF8.self).split { $0.isNewline }
        guard let last = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return text }
        return "\(text): \(PlainStrings.visible(String(last.prefix(200))))"
    }
}
