// SPDX-License-Identifier: Apache-2.0

/// What `intray status` shows: one daemon.
package struct StatusReport: Sendable, Codable {
    package var version: String
    package var instance: String
    package var pid: Int32
    /// Seconds since the start.
    package var uptime: Double
    package var configuration: String?
    /// The state folder; nil from a daemon of an earlier version.
    package var state: String?
    package var paused: Bool
    package var workers: WorkersReport
    package var routes: [RouteReport]
    package var hooks: [HookReport]
    package var totals: TotalsReport

    package init(
        version: String, instance: String, pid: Int32, uptime: Double, configuration: String?, state: String?, paused: Bool,
        workers: WorkersReport, routes: [RouteReport], hooks: [HookReport], totals: TotalsReport
    ) {
        self.version = version
        self.instance = instance
        self.pid = pid
        self.uptime = uptime
        self.configuration = configuration
        self.state = state
        self.paused = paused
        self.workers = workers
        self.routes = routes
        self.hooks = hooks
        self.totals = totals
    }
}

package struct WorkersReport: Sendable, Codable {
    package var count: Int
    package var restarts: Int
    package var isolation: String
    package var sandbox: String

    package init(count: Int, restarts: Int, isolation: String, sandbox: String) {
        self.count = count
        self.restarts = restarts
        self.isolation = isolation
        self.sandbox = sandbox
    }
}

/// One route: what it does and, when it does not, why.
package struct RouteReport: Sendable, Codable {
    package var name: String
    /// `up`, `paused`, `degraded`, `down`.
    package var state: String
    package var reason: String?
    /// What to do about it.
    package var remedy: String?
    /// `inotify` or `poll`.
    package var mode: String
    package var inbox: String
    package var outbox: String
    package var settling: Int
    /// Complete, and waiting for a worker.
    package var queued: Int
    /// Waiting for another attempt; like other optional counts, nil from a daemon of an earlier version.
    package var delayed: Int?
    package var inFlight: Int
    package var done: Int
    package var failed: Int
    package var skipped: Int
    package var cancelled: Int?
    /// Files in the inbox that are left alone because an operator cancelled their jobs.
    package var held: Int?
    /// Since there is a history, this run included.
    package var everDone: Int
    package var everFailed: Int
    /// Failures that were neither retried nor dismissed; nil from a daemon of an earlier version.
    package var openFailures: Int?
    package var freeBytes: UInt64?

    package init(name: String, state: String, mode: String, inbox: String, outbox: String) {
        self.name = name
        self.state = state
        self.mode = mode
        self.inbox = inbox
        self.outbox = outbox
        settling = 0
        queued = 0
        inFlight = 0
        done = 0
        failed = 0
        skipped = 0
        everDone = 0
        everFailed = 0
    }
}

package struct HookReport: Sendable, Codable {
    package var name: String
    package var backlog: Int
    package var enabled: Bool
    /// Deliveries that were given up; nil for none.
    package var givenUp: Int?
    /// nil when it took the last event that it was told of.
    package var trouble: HookTroubleReport?

    package init(name: String, backlog: Int, enabled: Bool) {
        self.name = name
        self.backlog = backlog
        self.enabled = enabled
    }
}

/// A hook that does not take its events.
package struct HookTroubleReport: Sendable, Codable, Equatable {
    /// Runs in a row.
    package var failures: Int
    /// Of the last one: `exit 3: no such table`.
    package var reason: String
    /// When that was; RFC 3339.
    package var time: String
    /// When one of those that failed is tried again; nil when none waits.
    package var next: String?

    package init(failures: Int, reason: String, time: String, next: String?) {
        self.failures = failures
        self.reason = reason
        self.time = time
        self.next = next
    }
}

/// Sums since the start; bytes and documents a second over the recent past.
package struct TotalsReport: Sendable, Codable {
    package var done = 0
    package var failed = 0
    package var skipped: Int?
    /// Failures that were neither retried nor dismissed, of earlier runs too.
    package var openFailures: Int?
    package var cancelled = 0
    package var retries = 0
    package var queued = 0
    /// Waiting for another attempt.
    package var delayed: Int?
    package var inFlight = 0
    package var bytes: UInt64 = 0
    package var documentsPerSecond = 0.0
    package var bytesPerSecond = 0.0
    /// Seconds until the known backlog is done.
    package var eta: Double?

    package init() {}
}

/// One line of `intray jobs`.
package struct JobReport: Sendable, Codable {
    package var job: String
    package var route: String
    package var path: String
    package var state: String
    package var code: String?
    package var reason: String?
    package var attempts: Int
    package var size: UInt64
    package var updated: String
    package var outputs: [String]
    /// Those of the outputs that are not in their place any more; nil where that is not known.
    package var missing: [String]?
    package var losses: Int
    package var milliseconds: Double?

    package init(job: String, route: String, path: String, state: String, attempts: Int, size: UInt64, updated: String) {
        self.job = job
        self.route = route
        self.path = path
        self.state = state
        self.attempts = attempts
        self.size = size
        self.updated = updated
        outputs = []
        losses = 0
    }
}
