// SPDX-License-Identifier: Apache-2.0

/// A route's settings in force.
package struct RouteDetail: Sendable, Codable, Equatable {
    package var name: String
    package var state: RouteState
    package var reason: String?
    /// As the configuration file would say it.
    package var settings: [SettingItem] = []

    package init(name: String, state: RouteState) {
        self.name = name
        self.state = state
    }
}

/// One key with its value: `settle.quiet`, `1s`.
package struct SettingItem: Sendable, Codable, Equatable {
    package var key: String
    package var value: String
    /// Whether it is not the shipped value.
    package var isChanged: Bool

    package init(key: String, value: String, isChanged: Bool) {
        self.key = key
        self.value = value
        self.isChanged = isChanged
    }
}

/// A hook's settings in force and what it has done lately.
package struct HookDetail: Sendable, Codable, Equatable {
    package var name: String
    package var isOn: Bool
    package var isGate = false
    package var backlog = 0
    /// Deliveries that were given up and can be made again.
    package var givenUp = 0
    package var trouble: HookTrouble?
    /// Values of its environment are not shown.
    package var settings: [SettingItem] = []
    /// The newest first; at most twenty.
    package var deliveries: [HookRunItem] = []

    package init(name: String, isOn: Bool) {
        self.name = name
        self.isOn = isOn
    }
}

/// One run of a hook.
package struct HookRunItem: Sendable, Codable, Equatable {
    package var hook: String
    package var time: String
    /// `done failed timeout deferred disabled`.
    package var outcome: String
    /// `exit 0`, `signal 9`, `timeout`.
    package var reason: String?
    package var event: String?
    package var job: String?
    /// The document's, relative to its inbox.
    package var path: String?
    package var attempt: Int?
    package var milliseconds: Double?
    /// When it is tried again.
    package var next: String?
    /// No more runs for this event follow.
    package var isFinal: Bool
    /// The last of what it said on standard error.
    package var errors: String?

    package init(hook: String, time: String, outcome: String, isFinal: Bool) {
        self.hook = hook
        self.time = time
        self.outcome = outcome
        self.isFinal = isFinal
    }
}

/// How a trial run of a hook ended.
package struct HookTrial: Sendable, Codable, Equatable {
    package var hook: String
    package var isFine: Bool
    /// `exit 0`, `timeout`.
    package var ending: String
    /// What the daemon would do then.
    package var meaning: String
    package var milliseconds: Double
    package var output: String
    package var errors: String

    package init(hook: String, isFine: Bool, ending: String, meaning: String, milliseconds: Double, output: String, errors: String) {
        self.hook = hook
        self.isFine = isFine
        self.ending = ending
        self.meaning = meaning
        self.milliseconds = milliseconds
        self.output = output
        self.errors = errors
    }
}
