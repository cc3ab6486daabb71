// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Ledger {
    /// When the jobs that wait for another attempt are due, in milliseconds since 1970.
    package func dueTimes() throws -> [String: UInt64] {
        try pool.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT job, due FROM jobs WHERE state = 'waiting' AND due IS NOT NULL")
            return Dictionary(rows.map { ($0["job"] as String, UInt64(bitPattern: $0["due"] as Int64)) }) { $1 }
        }
    }

    /// Removes the rows of jobs that had not ended and that nobody has any more: their files are new again.
    package func dropUnended(except jobs: Set<String>) throws {
        try pool.write { database in
            for job in try String.fetchAll(database, sql: "SELECT job FROM jobs WHERE state IN ('claimed', 'waiting')") where !jobs.contains(job) {
                try database.execute(sql: "DELETE FROM jobs WHERE job = ?", arguments: [job])
            }
        }
    }

    /// The latest job that converted this content on this route.
    package func converted(sha256: String, route: String) throws -> JobRow? {
        try row("SELECT * FROM jobs WHERE sha256 = ? AND route = ? AND state = 'done' ORDER BY job DESC LIMIT 1", [sha256, route]).map(JobRow.init)
    }
}
