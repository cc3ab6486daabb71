// SPDX-License-Identifier: Apache-2.0
package import FileAccess
import Foundation
import GRDB
import Glibc
package import SystemPackage

/// What became of every file: SQLite, written in groups. Deleting it loses history and deduplication, never work.
package final class Ledger: Sendable {
    let pool: DatabasePool
    let writes: GroupedWrites
    /// Where a damaged ledger was put before this one was begun.
    package let damaged: FilePath?

    /// Opens or makes the ledger. One that cannot be read is moved aside and begun anew.
    package init(at path: FilePath) throws {
        do {
            pool = try Self.open(path)
            damaged = nil
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            let aside = FilePath(bytes: path.bytes + Array(".damaged-\(WallClock.milliseconds)".utf8))
            _ = path.withPlatformString { from in aside.withPlatformString { rename(from, $0) } }
            for suffix in ["-wal", "-shm"] { _ = FilePath(bytes: path.bytes + Array(suffix.utf8)).withPlatformString { unlink($0) } }
            pool = try Self.open(path)
            damaged = aside
        }
        writes = GroupedWrites(pool)
    }

    private static func open(_ path: FilePath) throws -> DatabasePool {
        var settings = GRDB.Configuration()
        // A program that reads the history beside the daemon holds it for moments.
        settings.busyMode = .timeout(10)
        settings.prepareDatabase { database in try database.execute(sql: "PRAGMA synchronous = NORMAL") }
        let pool = try DatabasePool(path: path.string, configuration: settings)
        var migrations = DatabaseMigrator()
        migrations.registerMigration("1") { database in
            try database.execute(sql: """
                CREATE TABLE jobs (
                    job TEXT PRIMARY KEY NOT NULL, route TEXT NOT NULL, path BLOB NOT NULL, state TEXT NOT NULL, code TEXT, reason TEXT,
                    attempts INTEGER NOT NULL, size INTEGER NOT NULL, sha256 TEXT, updated INTEGER NOT NULL, milliseconds REAL,
                    outputs TEXT NOT NULL, losses INTEGER NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL, modified INTEGER NOT NULL,
                    due INTEGER
                ) WITHOUT ROWID;
                CREATE INDEX jobs_by_file ON jobs (route, path);
                CREATE INDEX jobs_by_content ON jobs (sha256, route) WHERE sha256 IS NOT NULL;
                CREATE INDEX jobs_by_state ON jobs (state, job);
                CREATE TABLE days (
                    route TEXT NOT NULL, day INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
                    skipped INTEGER NOT NULL DEFAULT 0, cancelled INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
                    milliseconds REAL NOT NULL DEFAULT 0, PRIMARY KEY (route, day)
                ) WITHOUT ROWID;
                """)
        }
        migrations.registerMigration("2") { database in try database.execute(sql: deliveryTables) }
        migrations.registerMigration("pages") { database in try database.execute(sql: pageTables) }
        migrations.registerMigration("deferrals") { database in
            try database.execute(sql: deferralTables + standingTables + undeliveredTables)
        }
        try migrations.migrate(pool)
        try pool.write(dropOldMinutes)
        return pool
    }

    /// Returns when the rows are written.
    package func record(_ rows: [JobRow]) async throws {
        try await writes.perform { database in for row in rows { try Self.write(row, database) } }
    }

    /// The same without waiting: for a job that has not ended.
    package func note(_ row: JobRow) {
        writes.post { database in try Self.write(row, database) }
    }

    private static func write(_ row: JobRow, _ database: Database) throws {
        if JobRow.endings.contains(row.state) { try count(row, database) }
        try database.cachedStatement(sql: """
            INSERT OR REPLACE INTO jobs
            (job, route, path, state, code, reason, attempts, size, sha256, updated, milliseconds, outputs, losses, device, inode, modified, due)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """).execute(arguments: row.arguments)
    }

    /// Whether this version of the file has been dealt with and is to be left alone.
    package func isKnown(route: String, path: FilePath, identity: FileIdentity) -> Bool { known(route: route, path: path, identity: identity) != nil }

    /// How this version of the file ended last; nil when it has not been dealt with, or was given back since.
    package func known(route: String, path: FilePath, identity: FileIdentity) -> KnownFile? {
        // A ledger that cannot be read knows nothing: the file is looked at again.
        let found = try? row("""
            SELECT job, state, updated FROM jobs WHERE route = ? AND path = ? AND device = ? AND inode = ? AND size = ? AND modified = ?
            AND state IN ('done', 'failed', 'skipped', 'cancelled', 'retried', 'dismissed') ORDER BY updated DESC, job DESC LIMIT 1
            """, [route, path.blob, Int64(bitPattern: identity.device), Int64(bitPattern: identity.inode), Int64(identity.size), identity.modified])
        let last = found.flatMap { $0 }.map { KnownFile(job: $0["job"], state: $0["state"], updated: UInt64(bitPattern: $0["updated"] as Int64)) }
        return last?.state == "retried" ? nil : last
    }

    /// The first row of a question that every document asks: its statement is kept. One statement sees one state without a transaction.
    func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try pool.unsafeRead { try Row.fetchOne($0.cachedStatement(sql: sql), arguments: arguments) }
    }

    /// The names of all routes that have a history.
    package func routeNames() throws -> [String] {
        try pool.read { try String.fetchAll($0, sql: "SELECT DISTINCT route FROM jobs ORDER BY route") }
    }

    /// Lets the job's file be taken again, by another job; what became of this one stays known.
    package func retried(job: String) async throws {
        let now = WallClock.milliseconds
        try await writes.perform { try Self.retire(job, at: now, $0) }
    }

    /// The same without waiting.
    package func noteRetried(job: String) {
        let now = WallClock.milliseconds
        writes.post { try Self.retire(job, at: now, $0) }
    }

    /// Lets a failure be: it is not counted among those that want somebody's attention any more.
    package func dismissed(job: String) async throws {
        let now = WallClock.milliseconds
        try await writes.perform { database in
            try database.execute(sql: "UPDATE jobs SET state = 'dismissed', updated = ? WHERE job = ? AND state = 'failed'", arguments: [Int64(bitPattern: now), job])
        }
    }

    private static func retire(_ job: String, at now: UInt64, _ database: Database) throws {
        try database.execute(sql: "UPDATE jobs SET state = 'retried', updated = ? WHERE job = ?", arguments: [Int64(bitPattern: now), job])
    }

    /// The newest job of a file, by its path below the inbox.
    package func newest(route: String, path: FilePath) throws -> JobRow? {
        try pool.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM jobs WHERE route = ? AND path = ? ORDER BY job DESC LIMIT 1", arguments: [route, path.blob]).map(JobRow.init)
        }
    }

    /// The newest job with this output, by its path below the outbox as people read it.
    package func newest(route: String, output: String) throws -> JobRow? {
        try pool.read { database in
            let sql = "SELECT * FROM jobs WHERE route = ? AND instr(char(10) || outputs || char(10), char(10) || ? || char(10)) > 0 ORDER BY job DESC LIMIT 1"
            return try Row.fetchOne(database, sql: sql, arguments: [route, output]).map(JobRow.init)
        }
    }

    /// The newest jobs first; `before` goes on behind that job.
    package func jobs(_ query: JobQuery) throws -> [JobRow] {
        try pool.read { database in
            var conditions = ["1"]
            var arguments = StatementArguments()
            func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
                guard let value else { return }
                conditions.append(condition)
                arguments += [value]
            }
            add("job < ?", query.before)
            add("job = ?", query.job)
            add("state = ?", query.state)
            add("code = ?", query.code)
            add("route = ?", query.route)
            add("instr(path, CAST(? AS BLOB)) > 0", query.name)
            arguments += [query.limit]
            let sql = "SELECT * FROM jobs WHERE \(conditions.joined(separator: " AND ")) ORDER BY job DESC LIMIT ?"
            return try Row.fetchAll(database, sql: sql, arguments: arguments).map(JobRow.init)
        }
    }
}

extension FilePath {
    var blob: Data { Data(bytes) }
}
