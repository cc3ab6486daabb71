// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Synchronization

/// What hooks gave up stays here, so that it can be delivered again when somebody has mended them.
extension Ledger {
    static let undeliveredTables = """
        CREATE TABLE undelivered (
            hook TEXT NOT NULL, seq INTEGER NOT NULL, route TEXT NOT NULL, job TEXT, line BLOB NOT NULL, PRIMARY KEY (hook, seq)
        ) WITHOUT ROWID;
        """

    /// The hook will not be told any more. With `keeping`, older ones than that many are let go.
    package func giveUp(_ row: DeliveryRow, standing: HookStanding, keeping most: Int?) async throws {
        try await writes.perform { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO undelivered (hook, seq, route, job, line) VALUES (?, ?, ?, ?, ?)",
                arguments: [row.hook, row.seq, row.route, row.job, Data(row.line)])
            try database.execute(sql: "DELETE FROM deliveries WHERE hook = ? AND seq = ?", arguments: [row.hook, row.seq])
            try standing.write(of: row.hook, database)
            guard let most else { return }
            try database.execute(
                sql: "DELETE FROM undelivered WHERE hook = ?1 AND seq <= (SELECT seq FROM undelivered WHERE hook = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)",
                arguments: [row.hook, most])
        }
    }

    /// How many deliveries the hook gave up that can be made again.
    package func givenUp(ofHook hook: String) throws -> Int {
        try pool.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM undelivered WHERE hook = ?", arguments: [hook]) ?? 0 }
    }

    /// Hooks that the ledger knows, those too that are set no more.
    package func hooks() throws -> [String] {
        try pool.read { try String.fetchAll($0, sql: "SELECT hook FROM hooks ORDER BY hook") }
    }

    /// What the hook gave up (of one job or of all) waits anew, as if it had never been tried, and what was put off is due.
    package func deliverAgain(hook: String, job: String?) async throws -> (anew: Int, hurried: Int) {
        let counts = Mutex((anew: 0, hurried: 0))
        try await writes.perform { database in
            let chosen = job == nil ? "hook = ?1" : "hook = ?1 AND job = ?2"
            let arguments: StatementArguments = job.map { [hook, $0] } ?? [hook]
            try database.execute(sql: "UPDATE deliveries SET due = 0, deferrals = 0, deferred = 0, attempts = 0 WHERE \(chosen) AND due > 0", arguments: arguments)
            let hurried = database.changesCount
            try database.execute(
                sql: "INSERT OR IGNORE INTO deliveries (hook, seq, route, job, line, attempts, due) SELECT hook, seq, route, job, line, 0, 0 FROM undelivered WHERE \(chosen)",
                arguments: arguments)
            let anew = database.changesCount
            counts.withLock { $0 = (anew, hurried) }
            try database.execute(sql: "DELETE FROM undelivered WHERE \(chosen)", arguments: arguments)
        }
        return counts.withLock { $0 }
    }
}
