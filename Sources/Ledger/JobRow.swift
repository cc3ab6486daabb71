// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Foundation
import GRDB
package import SystemPackage

/// One file's end, or how far it has come.
package struct JobRow: Sendable, Equatable {
    package var job: String
    package var route: String
    /// Below the inbox.
    package var path: FilePath
    /// `claimed`, `waiting` for another attempt, one of the `endings`, `retried`: another job has the file since, or `dismissed`: a failure that
    /// an operator is done with.
    package var state: String
    package var code: String?
    package var reason: String?
    package var attempts = 0
    package var size: UInt64 = 0
    package var sha256: String?
    /// Milliseconds since 1970.
    package var updated: UInt64 = 0
    package var milliseconds: Double?
    /// Below the outbox, escaped, one a line.
    package var outputs: [String] = []
    package var losses = 0
    package var device: UInt64 = 0
    package var inode: UInt64 = 0
    package var modified: Int64 = 0
    /// When the next attempt is due, in milliseconds since 1970.
    package var due: UInt64?

    package static let endings: Set<String> = ["done", "failed", "skipped", "cancelled"]
    package static let states = ["done", "failed", "skipped", "cancelled", "retried", "dismissed", "claimed", "waiting"]

    package init(job: String, route: String, path: FilePath, state: String) {
        self.job = job
        self.route = route
        self.path = path
        self.state = state
    }

    init(_ row: Row) {
        self.init(job: row["job"], route: row["route"], path: FilePath(bytes: [UInt8](row["path"] as Data)), state: row["state"])
        code = row["code"]
        reason = row["reason"]
        attempts = row["attempts"]
        size = UInt64(bitPattern: row["size"] as Int64)
        sha256 = row["sha256"]
        updated = UInt64(bitPattern: row["updated"] as Int64)
        milliseconds = row["milliseconds"]
        outputs = (row["outputs"] as String).split(separator: "\n").map(String.init)
        losses = row["losses"]
        device = UInt64(bitPattern: row["device"] as Int64)
        inode = UInt64(bitPattern: row["inode"] as Int64)
        modified = row["modified"]
        due = (row["due"] as Int64?).map { UInt64(bitPattern: $0) }
    }

    var arguments: StatementArguments {
        [
            job, route, path.blob, state, code, reason, attempts, Int64(bitPattern: size), sha256, Int64(bitPattern: updated), milliseconds,
            outputs.joined(separator: "\n"), losses, Int64(bitPattern: device), Int64(bitPattern: inode), modified,
            due.map { Int64(bitPattern: $0) },
        ]
    }
}

/// How a file ended, as which job, and when in milliseconds since 1970.
package struct KnownFile: Sendable, Equatable {
    package var job: String
    package var state: String
    package var updated: UInt64
}

/// Which jobs to list.
package struct JobQuery: Sendable {
    package var job: String?
    package var state: String?
    package var code: String?
    package var route: String?
    /// Part of the path.
    package var name: String?
    package var before: String?
    package var limit = 50

    package init() {}
}
