// SPDX-License-Identifier: Apache-2.0
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
    }

    package var ending: Ending
    package var milliseconds: Double = 0
    /// The last 4 KiB.
    package var errors: [UInt8] = []
    /// The first 64 KiB, where they were asked for.
    package var output: [UInt8] = []

    /// What the exit code means (sysexits(3) has 75 and 77).
    package enum Verdict: Sendable, Equatable { case done, skip, again, switchOff, failed }

    package var verdict: Verdict {
        switch ending {
        case .exited(0): .done
        case .exited(10): .skip
        case .exited(75): .again
        case .exited(77): .switchOff
        case .exited, .signalled, .timedOut, .stopped, .notStarted: .failed
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
        }
    }
}
