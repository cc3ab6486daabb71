// SPDX-License-Identifier: Apache-2.0

/// One line of the jobs screen.
package struct JobItem: Sendable, Codable, Equatable {
    package var job: String
    package var route: String
    /// Below the inbox, with escapes where it is not printable UTF-8.
    package var path: String
    package var name: String
    package var state: JobState
    package var code: String?
    package var reason: String?
    package var attempts = 0
    package var size: UInt64 = 0
    /// When the job was taken up, and when it was last heard of.
    package var began = ""
    package var updated = ""
    /// Of the last attempt.
    package var milliseconds: Double?
    /// Below the outbox.
    package var outputs: [String] = []
    package var losses = 0
    /// When the next attempt is due.
    package var due: String?
    /// What can be done with it now.
    package var actions: [JobAction] = []

    package init(job: String, route: String, path: String, name: String, state: JobState) {
        self.job = job
        self.route = route
        self.path = path
        self.name = name
        self.state = state
    }
}

package enum JobState: String, Sendable, Codable, CaseIterable { case claimed, waiting, done, failed, skipped, cancelled, retried, dismissed }

package enum JobAction: String, Sendable, Codable, CaseIterable { case retry, dismiss, cancel, priority }

package enum JobPriority: String, Sendable, Codable, CaseIterable { case low, normal, high, urgent }

/// Which jobs to list: everything that is set must hold. The newest come first.
package struct JobFilter: Sendable, Codable, Equatable {
    package var state: JobState?
    package var code: String?
    package var route: String?
    /// Part of the path.
    package var name: String?
    /// Taken up at or after, and before: a day (`2026-03-12`) or a moment in RFC 3339, universal time.
    package var since: String?
    package var until: String?
    /// `JobPage.next` of the page before.
    package var cursor: String?
    /// 1…500.
    package var limit = 50

    package init() {}
}

package struct JobPage: Sendable, Codable, Equatable {
    package var jobs: [JobItem] = []
    /// Where the next page begins; nil at the end.
    package var next: String?
    /// The look for a part of a name stopped here without filling the page: `next` goes on with older jobs.
    package var searchedBackTo: String?
    /// How many jobs there are in each state, filter or not, as far as they were counted (to 100,000 each).
    package var counts: [StateCount] = []

    package init() {}
}

package struct StateCount: Sendable, Codable, Equatable {
    package var state: JobState
    package var count: Int
    /// There are more than `count`.
    package var isMore: Bool

    package init(state: JobState, count: Int, isMore: Bool) {
        self.state = state
        self.count = count
        self.isMore = isMore
    }
}
