// SPDX-License-Identifier: Apache-2.0

/// One event, for the live list; the whole object stands in `json`.
package struct EventItem: Sendable, Codable, Equatable {
    package var seq: Int64
    package var time: String
    package var type: String
    package var route: String?
    package var job: String?
    package var path: String?
    /// A sentence for people.
    package var detail: String
    /// The line of the event log, as hooks get it.
    package var json: String

    package init(seq: Int64, time: String, type: String, detail: String, json: String) {
        self.seq = seq
        self.time = time
        self.type = type
        self.detail = detail
        self.json = json
    }
}

/// Which events to list: everything that is set must hold.
package struct EventFilter: Sendable, Codable, Equatable {
    /// A type, or its beginning: `job`, `job.failed`.
    package var type: String?
    package var route: String?
    package var job: String?
    /// Only events with a higher number; nil: the newest `limit`.
    package var after: Int64?
    /// 1…1,000.
    package var limit = 100

    package init() {}

    package func admits(type: String, route: String?, job: String?) -> Bool {
        (self.type.map { type == $0 || type.hasPrefix($0 + ".") } ?? true) && (self.route.map { route == $0 } ?? true) && (self.job.map { job == $0 } ?? true)
    }

    package func admits(_ event: EventItem) -> Bool { admits(type: event.type, route: event.route, job: event.job) }
}

/// Oldest first.
package struct EventPage: Sendable, Codable, Equatable {
    package var events: [EventItem] = []
    /// The number up to which the log was looked through: ask for what comes `after` it.
    package var last: Int64 = 0

    package init() {}
}
