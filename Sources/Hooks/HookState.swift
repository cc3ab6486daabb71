// SPDX-License-Identifier: Apache-2.0
package import Announcements
import ConversionProtocol
package import Ledger

/// How one hook of a daemon stands.
package struct HookState: Sendable, Equatable {
    package var name: String
    /// Deliveries that wait or run.
    package var backlog = 0
    package var isOn = true
    /// Deliveries that were given up and can be made again.
    package var givenUp = 0
    package var standing = HookStanding()
    /// When one that failed is tried again, in milliseconds since 1970.
    package var next: UInt64?

    package init(name: String) { self.name = name }
}

/// What is told a hook once more, because somebody asked for it.
package struct Redelivery: Sendable, Equatable {
    package var hook: String
    /// Had been given up.
    package var anew: Int
    /// Were put off, and are due now.
    package var hurried: Int
    /// Was off, and is on again.
    package var isSwitchedOn = false

    package init(hook: String, anew: Int, hurried: Int, isSwitchedOn: Bool = false) {
        self.hook = hook
        self.anew = anew
        self.hurried = hurried
        self.isSwitchedOn = isSwitchedOn
    }

    package var count: Int { anew + hurried }
    package var isNews: Bool { count > 0 || isSwitchedOn }

    /// For people: `index: 12 events are told again, 3 that were put off are due now`.
    package var text: String {
        var words: [String] = []
        if anew > 0 { words.append(anew == 1 ? "1 event that was given up is told again" : "\(anew) events that were given up are told again") }
        if hurried > 0 { words.append(hurried == 1 ? "1 that was put off is due now" : "\(hurried) that were put off are due now") }
        if isSwitchedOn { words.append("it is on again") }
        return "\(hook): \(words.joined(separator: ", "))"
    }

    /// Those that changed something.
    /// - Throws: `HookRefusal` when none did, and one hook or job was named.
    package static func checked(_ all: [Redelivery], hook: String?, job: String?) throws -> [Redelivery] {
        let done = all.filter(\.isNews)
        guard done.isEmpty, hook != nil || job != nil else { return done }
        let whose = hook.map { "hook \"\($0)\"" } ?? "any hook"
        throw HookRefusal(description: "cannot deliver again: nothing\(job.map { " of job \"\($0)\"" } ?? "") was given up or put off by \(whose)")
    }
}

extension Event {
    /// That a hook is told again of what it had not taken; `job`: only of that one.
    package init(_ again: Redelivery, job: String?) {
        self.init(.hookRetried)
        self.job = job.flatMap { JobID($0) }
        reason = "operator"
        details = ["hook": again.hook, "given_up": "\(again.anew)", "deferred": "\(again.hurried)"]
        if again.isSwitchedOn { details?["switched_on"] = "true" }
    }
}
