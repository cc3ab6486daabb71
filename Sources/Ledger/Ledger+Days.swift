// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What a route has done in its life, or since a day.
package struct DaySums: Sendable, Equatable {
    package var done = 0
    package var failed = 0
    package var skipped = 0
    package var cancelled = 0
    package var bytes: UInt64 = 0

    package init() {}
}

extension Ledger {
    /// Counts an ended job under its day and its minute, once, however often its end is told.
    static func count(_ row: JobRow, _ database: Database) throws {
        let before = try database.cachedStatement(sql: "SELECT state FROM jobs WHERE job = ?")
        if let state = try String.fetchOne(before, arguments: [row.job]), JobRow.endings.contains(state) { return }
        try countMinute(row, database)
        // The state is one of four column names, never a stranger's text.
        try database.cachedStatement(sql: """
            INSERT INTO days (route, day, \(row.state), bytes, milliseconds) VALUES (?, ?, 1, ?, ?)
            ON CONFLICT (route, day) DO UPDATE SET \(row.state) = \(row.state) + 1, bytes = bytes + excluded.bytes,
            milliseconds = milliseconds + excluded.milliseconds
            """).execute(arguments: [row.route, Int64(row.updated / 86_400_000), Int64(bitPattern: row.size), row.milliseconds ?? 0])
    }

    /// Sums from a day (counted from 1970, universal time) on.
    package func sums(route: String, since day: Int = 0) throws -> DaySums {
        try pool.read { database in
            let row = try Row.fetchOne(database, sql: """
                SELECT COALESCE(SUM(done), 0) AS done, COALESCE(SUM(failed), 0) AS failed, COALESCE(SUM(skipped), 0) AS skipped,
                COALESCE(SUM(cancelled), 0) AS cancelled, COALESCE(SUM(bytes), 0) AS bytes FROM days WHERE route = ? AND day >= ?
                """, arguments: [route, day])
            var sums = DaySums()
            guard let row else { return sums }
            sums.done = row["done"]
            sums.failed = row["failed"]
            sums.skipped = row["skipped"]
            sums.cancelled = row["cancelled"]
            sums.bytes = UInt64(bitPattern: row["bytes"] as Int64)
            return sums
        }
    }
}
