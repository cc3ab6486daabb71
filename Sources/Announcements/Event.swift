// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
package import FileAccess
package import FoundationEssentials
package import SystemPackage

/// What happened. A name, once released, is never renamed.
package enum EventType: String, Sendable, Codable, CaseIterable {
    case daemonStarted = "daemon.started", daemonStopped = "daemon.stopped"
    case sandboxOff = "sandbox.off"
    case configurationReloaded = "configuration.reloaded", configurationRejected = "configuration.rejected"
    case routeUp = "route.up", routeDown = "route.down", routeDegraded = "route.degraded"
    case routePaused = "route.paused", routeResumed = "route.resumed"
    case scanStarted = "scan.started", scanFinished = "scan.finished"
    case fileStalled = "file.stalled"
    case jobClaimed = "job.claimed", jobStarted = "job.started", jobRetry = "job.retry", jobTorn = "job.torn"
    case jobDone = "job.done", jobFailed = "job.failed", jobSkipped = "job.skipped", jobCancelled = "job.cancelled"
    case jobRetried = "job.retried", jobDismissed = "job.dismissed"
    case hookDone = "hook.done", hookFailed = "hook.failed", hookTimeout = "hook.timeout", hookDisabled = "hook.disabled"
    case hookDeferred = "hook.deferred", hookRetried = "hook.retried"

    /// About a hook: hooks are never told of hooks.
    package var isOfHook: Bool { rawValue.hasPrefix("hook.") }

    /// The end of a job: in the log before anything else happens, and at each hook at least once.
    package var isTerminal: Bool {
        switch self {
        case .jobDone, .jobFailed, .jobSkipped, .jobCancelled: true
        default: false
        }
    }
}

/// One object for the log, the control socket and hooks.
package struct Event: Sendable, Codable, Hashable {
    package var v = 1
    /// Stays the same when the event is told again: after a crash, or to a hook that failed.
    package var eventID: String
    /// Per state folder, without gaps; 0 until it is published.
    package var seq: Int64 = 0
    /// RFC 3339, universal time, milliseconds.
    package var time: String
    package var host: String?
    package var instance: String?
    package var route: String?
    package var type: EventType
    package var job: JobID?
    /// Relative to the inbox, with escapes where it is not printable UTF-8; then the bytes come in `path_b64`.
    package var path: String?
    package var pathBytes: Data?
    package var name: String?
    package var size: UInt64?
    package var sha256: String?
    package var attempt: Int?
    package var origin: Origin?
    package var reason: String?
    package var error: ConversionError?
    package var outputs: [EventOutput]?
    package var losses: [Loss]?
    /// Milliseconds by phase.
    package var durations: [String: Double]?
    package var disposition: String?
    /// Where the original is now: absolute, escaped like `path`; nil when it was deleted.
    package var source: String?
    package var sourceBytes: Data?
    /// The job that had converted the same content.
    package var duplicateOf: String?
    package var nextMilliseconds: UInt64?
    package var details: [String: String]?

    package init(_ type: EventType, route: String? = nil) {
        self.type = type
        self.route = route
        eventID = JobID(milliseconds: WallClock.milliseconds).text
        time = Self.text(of: WallClock.milliseconds)
    }

    /// About one file. The end of a job has one name for ever.
    package init(_ type: EventType, route: String, job: JobID, path: FilePath) {
        self.init(type, route: route)
        self.job = job
        self.path = path.escaped
        if path.needsEscaping { pathBytes = Data(path.bytes) }
        name = path.lastComponent.map { FilePath(root: nil, [$0]).escaped }
        if type.isTerminal { eventID = "\(job).\(type.rawValue)" }
    }

    package mutating func place(_ source: FilePath?) {
        self.source = source?.escaped
        sourceBytes = source.flatMap { $0.needsEscaping ? Data($0.bytes) : nil }
    }

    enum CodingKeys: String, CodingKey {
        case v, seq, time, host, instance, route, type, job, path, name, size, sha256, attempt, origin, reason, error, outputs, losses
        case disposition, details, eventID = "event_id", pathBytes = "path_b64", durations = "duration_ms", nextMilliseconds = "next_in_ms", duplicateOf = "duplicate_of", source, sourceBytes = "source_b64"
    }

    /// One line of JSON, without its end.
    package func line() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }

    /// As `WallClock.text`.
    package static func text(of milliseconds: UInt64) -> String { WallClock.text(of: milliseconds) }
}

/// One output of a finished job.
package struct EventOutput: Sendable, Codable, Hashable {
    /// Absolute, for people; escaped like `path`.
    package var path: String
    package var pathBytes: Data?
    package var kind: String
    package var bytes: UInt64
    package var sha256: String
    package var format: String

    package init(path: FilePath, kind: String, bytes: UInt64, sha256: String, format: String) {
        self.path = path.escaped
        pathBytes = path.needsEscaping ? Data(path.bytes) : nil
        self.kind = kind
        self.bytes = bytes
        self.sha256 = sha256
        self.format = format
    }

    enum CodingKeys: String, CodingKey {
        case path, kind, bytes, sha256, format, pathBytes = "path_b64"
    }
}
