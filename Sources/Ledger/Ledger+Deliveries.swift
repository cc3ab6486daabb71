// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// An event on its way to one hook.
package struct DeliveryRow: Sendable, Equatable {
    package var hook: String
    /// The event's number in the log.
    package var seq: Int64
    package var route: String
    /// The event as it stands in the log.
    package var line: [UInt8]
    /// Runs that failed.
    package var attempts = 0
    /// Not before, in milliseconds since 1970.
    package var due: UInt64 = 0

    package init(hook: String, seq: Int64, route: String, line: [UInt8]) {
        self.hook = hook
        self.seq = seq
        self.route = route
        self.line = line
    }

    init(_ row: Row) {
        self.init(hook: row["hook"], seq: row["seq"], route: row["route"], line: [UInt8](row["line"] as Data))
        attempts = row["attempts"]
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
        let insert = try database.cachedStatement(sql: "INSERT OR IGNORE INTO deliveries (hook, seq, route, line, attempts, due) VALUES (?, ?, ?, ?, 0, 0)")
        for row in rows { try insert.execute(arguments: [row.hook, row.seq, row.route, Data(row.line)]) }
        let move = try database.cachedStatement(sql: "INSERT OR REPLACE INTO hooks (hook, cursor) VALUES (?, ?)")
        for (hook, cursor) in cursors { try move.execute(arguments: [hook, cursor]) }
    }

    /// The next deliveries of a hook, oldest first; with `oneOfEach`, the oldest of each route, due or not.
    package func deliveries(hook: String, limit: Int, oneOfEach: Bool) throws -> [DeliveryRow] {
        let sql = oneOfEach
            ? "SELECT * FROM deliveries WHERE hook = ?1 AND seq IN (SELECT MIN(seq) FROM deliveries WHERE hook = ?1 GROUP BY route) ORDER BY seq LIMIT ?2"
            : "SELECT * FROM deliveries WHERE hook = ?1 ORDER BY due, seq LIMIT ?2"
        return try pool.read { try Row.fetchAll($0, sql: sql, arguments: [hook, limit]).map(DeliveryRow.init) }
    }

    package func backlog(ofHook hook: String) throws -> Int {
        try pool.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM deliveries WHERE hook = ?", arguments: [hook]) ?? 0 }
    }

    /// The delivery is over.
    package func delivered(hook: String, seq: Int64) async throws {
        try await writes.perform { try $0.execute(sql: "DELETE FROM deliveries WHERE hook = ? AND seq = ?", arguments: [hook, seq]) }
    }

    /// The delivery is tried again.
    package func redeliver(hook: String, seq: Int64, attempts: Int, due: UInt64) async throws {
        try await writes.perform {
            try $0.execute(
                sql: "UPDATE deliveries SET attempts = ?, due = ? WHERE hook = ? AND seq = ?",
                arguments: [attempts, Int64(bitPattern: due), hook, seq])
        }
    }
}
