// SPDX-License-Identifier: Apache-2.0
package import Announcements
import ConversionProtocol
package import FileAccess

/// Which events an operator is told of in the service's journal, and in which words. Single documents are not among them:
/// they are in the event log, in quarantine and in the history.
package struct Journal {
    /// Deliveries of a hook that were given up: when it was said last, and how many since.
    private var givenUp: [String: (said: Instant, since: Int)] = [:]

    package init() {}

    /// nil: nothing to say.
    package mutating func line(for event: Event, now: Instant = .now) -> String? {
        let route = event.route.map { "route \($0)" } ?? "every route"
        switch event.type {
        case .configurationRejected: return event.reason
        case .configurationReloaded: return "reloaded: \(event.reason ?? "")"
        case .routePaused:
            guard let error = event.error else { return "\(route) is paused: an operator has paused it" }
            return "\(route) is paused: \(error.reason); \(error.code.advice)"
        case .routeResumed: return "\(route) goes on"
        case .routeDown: return "\(route) is down: \(event.reason ?? "the inbox is not there")"
        case .routeUp: return "\(route) is up\(Self.because(event))"
        case .routeDegraded: return "\(route) has trouble\(Self.because(event))"
        case .hookDisabled: return "hook \(event.details?["hook"] ?? "") has asked to be switched off: \(event.reason ?? ""); mend it, then \"intray hook retry \(event.details?["hook"] ?? "")\" switches it on"
        case .hookFailed, .hookTimeout: return event.details?["final"] == "true" ? givenUp(event, now) : nil
        case .daemonStarted, .daemonStopped, .sandboxOff, .scanStarted, .scanFinished, .fileStalled, .jobClaimed, .jobStarted, .jobRetry, .jobTorn, .jobDone,
            .jobFailed, .jobSkipped, .jobCancelled, .jobRetried, .jobDismissed, .hookDone, .hookDeferred, .hookRetried:
            return nil
        }
    }

    private static func because(_ event: Event) -> String {
        let words = [event.path.map { "\"\($0)\"" }, event.reason].compactMap(\.self)
        return words.isEmpty ? "" : ": \(words.joined(separator: ": "))"
    }

    /// At most once a minute for each hook: an address that is away may cost thousands.
    private mutating func givenUp(_ event: Event, _ now: Instant) -> String? {
        let hook = event.details?["hook"] ?? ""
        let earlier = givenUp[hook]
        if let earlier, now.since(earlier.said) < .seconds(60) {
            givenUp[hook]?.since += 1
            return nil
        }
        givenUp[hook] = (now, 0)
        let more = earlier.map { $0.since > 0 ? ", and \($0.since) more since the last word" : "" } ?? ""
        return "hook \(hook) was given up for \(event.details?["event"] ?? "an event")\(event.path.map { " of \"\($0)\"" } ?? "")\(more): \(event.reason ?? ""); mend it, then \"intray hook retry \(hook)\" tells it again"
    }
}
