// SPDX-License-Identifier: Apache-2.0

/// The daemon at one moment: what the first screen shows and `GET /api/v1/status` answers.
///
/// Counts begin with the daemon unless they say otherwise. Sizes are bytes, durations seconds, moments RFC 3339 in universal time.
package struct Overview: Sendable, Codable, Equatable {
    package var version = ""
    package var instance = ""
    package var host = ""
    package var time = ""
    package var uptime = 0.0
    /// The configuration file in force; nil when the daemon was started without one.
    package var configuration: String?
    /// Everything is paused, whatever a route says.
    package var isPaused = false
    package var workers = WorkersOverview()
    package var totals = Throughput()
    package var routes: [RouteOverview] = []
    package var hooks: [HookOverview] = []
    /// The number of the last event: live events go on behind it.
    package var lastEvent: Int64 = 0

    package init() {}
}

package struct WorkersOverview: Sendable, Codable, Equatable {
    package var count = 0
    package var restarts = 0
    package var isolation = ""
    package var sandbox = ""

    package init() {}
}

/// Work done, at work and to come, of one route or of all.
package struct Throughput: Sendable, Codable, Equatable {
    /// Files that are not known to be complete yet.
    package var settling = 0
    /// Complete, and waiting for their turn.
    package var queued = 0
    /// Waiting for another attempt.
    package var delayed = 0
    package var inFlight = 0
    package var done = 0
    package var failed = 0
    package var skipped = 0
    package var cancelled = 0
    package var retries = 0
    /// Over the last minute.
    package var documentsPerSecond = 0.0
    package var bytesPerSecond = 0.0
    /// Until the known backlog is done; nil when nobody can tell, 0 when there is none.
    package var eta: Double?
    /// The last 60 minutes, the oldest first, without gaps; the last point is the minute that is running.
    package var lastHour: [RatePoint] = []

    package init() {}
}

/// One minute.
package struct RatePoint: Sendable, Codable, Equatable {
    /// When the minute began.
    package var time: String
    package var done: Int
    package var failed: Int
    /// Of the files that ended.
    package var bytes: UInt64

    package init(time: String, done: Int = 0, failed: Int = 0, bytes: UInt64 = 0) {
        self.time = time
        self.done = done
        self.failed = failed
        self.bytes = bytes
    }
}

package enum RouteState: String, Sendable, Codable, CaseIterable { case up, paused, degraded, down }

package struct RouteOverview: Sendable, Codable, Equatable {
    package var name: String
    package var state: RouteState
    /// Why it is not up: a sentence for people.
    package var reason: String?
    /// What to do about it.
    package var remedy: String?
    /// `inotify` or `poll`.
    package var mode = ""
    package var inbox = ""
    package var outbox = ""
    package var throughput = Throughput()
    /// Since there is a history.
    package var everDone = 0
    package var everFailed = 0
    /// What lies in quarantine, by its code; the most frequent first.
    package var failures: [CodeCount] = []
    /// In the outbox.
    package var freeBytes: UInt64?
    /// Below this much the route pauses.
    package var minimumFree: UInt64 = 0
    /// Deliveries that wait for hooks of this route.
    package var hookBacklog = 0

    package init(name: String, state: RouteState) {
        self.name = name
        self.state = state
    }
}

package struct CodeCount: Sendable, Codable, Equatable {
    package var code: String
    package var count: Int

    package init(code: String, count: Int) {
        self.code = code
        self.count = count
    }
}

package struct HookOverview: Sendable, Codable, Equatable {
    package var name: String
    package var backlog: Int
    package var isOn: Bool
    /// Deliveries that were given up and can be made again.
    package var givenUp = 0
    package var trouble: HookTrouble?

    package init(name: String, backlog: Int, isOn: Bool) {
        self.name = name
        self.backlog = backlog
        self.isOn = isOn
    }
}

/// A hook that did not take the last event it was told of.
package struct HookTrouble: Sendable, Codable, Equatable {
    /// Runs in a row that failed.
    package var failures: Int
    /// Of the last one: `exit 3: no such table`.
    package var reason: String
    /// When that was.
    package var time: String
    /// When one of those that failed is tried again; nil when none waits.
    package var next: String?

    package init(failures: Int, reason: String, time: String) {
        self.failures = failures
        self.reason = reason
        self.time = time
    }
}
