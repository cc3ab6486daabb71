// SPDX-License-Identifier: Apache-2.0

/// One job from its arrival to its hooks.
package struct JobDetail: Sendable, Codable, Equatable {
    package var job: JobItem
    /// What happened, in order.
    package var steps: [StoryStep] = []
    package var attempts: [AttemptItem] = []
    /// What the reader could not carry over, by code.
    package var losses: [LossGroup] = []
    package var source = SourceFacts()
    /// Documents first, then sidecars and assets.
    package var outputs: [OutputItem] = []
    package var hooks: [HookRunItem] = []
    /// The log no longer reaches back to the beginning: what is missing has been rotated away.
    package var isCutShort = false

    package init(job: JobItem) { self.job = job }
}

package struct StoryStep: Sendable, Codable, Equatable {
    /// `arrived settled claimed started retry torn done failed skipped cancelled retried hook`.
    package var kind: String
    /// The event's own type; empty for what is told by none.
    package var type: String
    package var time: String
    package var detail: String
    /// Since the step before.
    package var elapsedMilliseconds: Double?
    package var attempt: Int?
    /// The event's number in the log.
    package var seq: Int64?

    package init(kind: String, type: String, time: String, detail: String) {
        self.kind = kind
        self.type = type
        self.time = time
        self.detail = detail
    }
}

package struct AttemptItem: Sendable, Codable, Equatable {
    package var number: Int
    package var began: String?
    package var ended: String?
    /// `running done failed torn`.
    package var outcome: String
    package var code: String?
    package var reason: String?
    package var milliseconds: Double?
    package var cpuMilliseconds: Double?
    /// Until the next attempt.
    package var nextInMilliseconds: Double?

    package init(number: Int, outcome: String) {
        self.number = number
        self.outcome = outcome
    }
}

package struct LossGroup: Sendable, Codable, Equatable {
    package var code: String
    /// How often in all.
    package var count: Int
    package var items: [LossItem]
    /// Whether they say that the document is damaged.
    package var isDamage: Bool

    package init(code: String, count: Int, items: [LossItem], isDamage: Bool = false) {
        self.code = code
        self.count = count
        self.items = items
        self.isDamage = isDamage
    }
}

package struct LossItem: Sendable, Codable, Equatable {
    package var message: String
    package var location: String?
    package var count: Int

    package init(message: String, location: String?, count: Int) {
        self.message = message
        self.location = location
        self.count = count
    }
}

package struct SourceFacts: Sendable, Codable, Equatable {
    package var path = ""
    package var size: UInt64?
    package var sha256: String?
    /// How it was found: `event`, `scan`, …
    package var origin: String?
    /// Where the original is now; nil when it was deleted.
    package var place: String?
    package var modified: String?
    /// The job that had converted the same content.
    package var duplicateOf: String?

    package init() {}
}

package struct OutputItem: Sendable, Codable, Equatable {
    /// Its place in the list, by which it is fetched: `/api/v1/jobs/JOB/outputs/NUMBER`.
    package var number: Int
    package var path: String
    package var name: String
    /// `document`, `asset` or another kind of sidecar.
    package var kind: String
    /// `md txt json html chunks`, or a file's extension.
    package var format: String
    package var bytes: UInt64
    package var sha256: String
    /// Whether the file is still there.
    package var isThere: Bool
    /// Whether `/jobs/JOB/view/NUMBER` shows it rendered, safe for a frame.
    package var isViewable: Bool

    package init(number: Int, path: String, name: String, kind: String, format: String, bytes: UInt64, sha256: String, isThere: Bool, isViewable: Bool) {
        self.number = number
        self.path = path
        self.name = name
        self.kind = kind
        self.format = format
        self.bytes = bytes
        self.sha256 = sha256
        self.isThere = isThere
        self.isViewable = isViewable
    }
}
