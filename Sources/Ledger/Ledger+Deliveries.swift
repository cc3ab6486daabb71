// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// An event on its way to one hook.
package struct DeliveryRow: Sendable, Equatable {
    package var hook: String
    /// The event's number in the log.
    package var seq: Int64
    package var route: String
    /// The job that the event is about.
    package var job: String?
    /// The event as it stands in the log.
    package var line: [UInt8]
    /// Runs that failed.
    package var attempts = 0
    /// Runs that ended with "not now".
    package var deferrals = 0
    /// The pauses after them in milliseconds, all together: unlike two times of day, no clock that is set changes it.
    package var deferred: UInt64 = 0
    /// Not before, in milliseconds since 1970.
    package var due: UInt64 = 0

    package init(hook: String, seq: Int64, route: String, job: String?, line: [UInt8]) {
        self.hook = hook
        self.seq = seq
        self.route = route
        self.job = job
        self.line = line
    }

    init(_ row: Row) {
        self.init(hook: row["hook"], seq: row["seq"], route: row["route"], job: row["job"], line: [UInt8](row["line"] as Data))
        attempts = row["attempts"]
        deferrals = row["deferrals"]
        deferred = UInt64(bitPattern: row["deferred"] as Int64)
        due = UInt64(bitPattern: row["due"] as Int64)
    }
}

extension Ledger {
    static let deliveryTables = """
        CREATE TABLE hooks (hook TEXT PRIMARY KEY NOT NULL, cursor INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE deliveries (
            hook TEXT NOT NULL, seq INTEGER NOT NULL, route TEXT NOT NULL, line BLOB NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL,
            PRIMARY KEY (hook, seq)
        ) WITHOUT ROWID;
        """

    /// The indexes keep one look for what is due from going through a whole backlog.
    static let deferralTables = """
        ALTER TABLE deliveries ADD COLUMN job TEXT;
        ALTER TABLE deliveries ADD COLUMN deferrals INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE deliveries ADD COLUMN deferred INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX deliveries_by_due ON deliveries (hook, due, seq);
        CREATE INDEX deliveries_by_route ON deliveries (hook, route, seq);
        """

    /// The number of the last event that was looked at for the hook; nil when it is new.
    package func cursor(ofHook hook: String) throws -> Int64? {
        try pool.read { try Int64.fetchOne($0, sql: "SELECT cursor FROM hooks WHERE hook = ?", arguments: [hook]) }
    }

    /// Notes deliveries, and up to where the log was looked at for these hooks, in one transaction.
    package func enqueue(_ rows: [DeliveryRow], cursors: [String: Int64]) async throws {
        try await writes.perform { database in try Self.enqueue(rows, cursors, database) }
    }

    /// The same before anything else runs.
    package func enqueueNow(_ rows: [DeliveryRow], cursors: [String: Int64]) throws {
        try pool.write { database in try Self.enqueue(rows, cursors, database) }
    }

    private static func enqueue(_ rows: [DeliveryRow], _ cursors: [String: Int64], _ database: Database) throws {
        let insert = try database.cachedStatement(sql: "INSERT OR IGNORE INTO deliveries (hook, seq, route, job, line, attempts, due) VALUES (?, ?, ?, ?, ?, 0, 0)")
        for row in rows { try insert.execute(arguments: [row.hook, row.seq, row.route, row.job, Data(row.line)]) }
        let move = try database.cachedStatement(sql: "INSERT INTO hooks (hook, cursor) VALUES (?, ?) ON CONFLICT (hook) DO UPDATE SET cursor = excluded.cursor")
        for (hook, cursor) in cursors { try move.execute(arguments: [hook, cursor]) }
    }

    /// The next deliveries of a hook, those that are due first and then the oldest; with `oneOfEach`, the oldest of each route, due or not.
    package func deliveries(hook: String, limit: Int, oneOfEach: Bool) throws -> [DeliveryRow] {
        let sql = oneOfEach
            ? """
                WITH RECURSIVE routes (route) AS (
                    SELECT MIN(route) FROM deliveries WHERE hook = ?1
                    UNION ALL SELECT (SELECT MIN(route) FROM deliveries WHERE hook = ?1 AND route > routes.route) FROM routes WHERE route IS NOT NULL)
                SELECT deliveries.* FROM routes JOIN deliveries ON hook = ?1
                    AND seq = (SELECT MIN(seq) FROM deliveries WHERE hook = ?1 AND route = routes.route)
                WHERE routes.route IS NOT NULL ORDER BY seq LIMIT ?2
                """
            : "SELECT * FROM deliveries WHERE hook = ?1 ORDER BY due, seq LIMIT ?2"
        return try pool.read { try Row.fetchAll($0, sql: sql, arguments: [hook, limit]).map(DeliveryRow.init) }
    }

    package func backlog(ofHook hook: String) throws -> Int {
        try pool.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM deliveries WHERE hook = ?", arguments: [hook]) ?? 0 }
    }

    /// When the next delivery of a hook is due, in milliseconds since 1970; nil when none waits.
    package func nextDue(ofHook hook: String) throws -> UInt64? {
        try pool.read { try Int64.fetchOne($0, sql: "SELECT MIN(due) FROM deliveries WHERE hook = ?", arguments: [hook]) }.map { UInt64(bitPattern: $0) }
    }

    /// The delivery is over: the hook has taken it.
    package func delivered(hook: String, seq: Int64, standing: HookStanding) async throws {
        try await writes.perform { database in
            try database.execute(sql: "DELETE FROM deliveries WHERE hook = ? AND seq = ?", arguments: [hook, seq])
            try standing.write(of: hook, database)
        }
    }

    /// The delivery is tried again: what the row says of attempts, deferrals and time is kept.
    package func redeliver(_ row: DeliveryRow, standing: HookStanding) async throws {
        try await writes.perform { database in
            try database.execute(
                sql: "UPDATE deliveries SET attempts = ?, deferrals = ?, deferred = ?, due = ? WHERE hook = ? AND seq = ?",
                arguments: [row.attempts, row.deferrals, Int64(bitPattern: row.deferred), Int64(bitPattern: row.due), row.hook, row.seq])
            try standing.write(of: row.hook, database)
        }
    }
}
