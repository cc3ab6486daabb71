// SPDX-License-Identifier: Apache-2.0
import FileAccess
import GRDB

/// One page of the history, the newest jobs first. Everything that is set must hold.
package struct PageQuery: Sendable {
    package var state: String?
    package var code: String?
    package var route: String?
    /// Part of the path, ASCII letters without case.
    package var name: String?
    /// Jobs older than this one.
    package var before: String?
    /// Job names from this on; a name begins with its time.
    package var from: String?
    /// Job names below this.
    package var below: String?
    package var limit = 50

    package init() {}
}

package struct LedgerPage: Sendable {
    package var rows: [JobRow] = []
    /// Go on before this job; nil at the end of the history.
    package var next: String?
    /// The look stopped because it had looked at enough, not because the page was full.
    package var isCutShort = false

    package init() {}
}

/// What ended in one minute.
package struct MinuteRow: Sendable, Equatable {
    package var route: String
    /// Counted from 1970.
    package var minute: Int64
    package var done: Int
    package var failed: Int
    package var bytes: UInt64
}

extension Ledger {
    static let pageTables = """
        CREATE INDEX jobs_by_code ON jobs (code, job, route, state) WHERE code IS NOT NULL;
        CREATE INDEX jobs_by_route ON jobs (route, job);
        CREATE TABLE minutes (
            route TEXT NOT NULL, minute INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
            skipped INTEGER NOT NULL DEFAULT 0, cancelled INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (minute, route)
        ) WITHOUT ROWID;
        """

    /// Rows looked at for one page: a rare name in a long history takes several pages, never one long wait.
    package static let looked = 20_000

    /// A page by key: costs the same at the end of a million rows as at the beginning.
    package func page(_ query: PageQuery) throws -> LedgerPage {
        try pool.read { database in
            // One index leads; what it does not hold is looked at row by row.
            var keyed = ["1"]
            var others: [String] = []
            var arguments: [String: any DatabaseValueConvertible] = [:]
            var isLed = false
            func lead(_ column: String, _ value: String?) {
                guard let value else { return }
                arguments[column] = value
                if isLed { others.append("\(column) = :\(column)") } else { keyed.append("\(column) = :\(column)") }
                isLed = true
            }
            func bound(_ condition: String, _ name: String, _ value: String?) {
                guard let value else { return }
                arguments[name] = value
                keyed.append(condition)
            }
            lead("code", query.code)
            lead("state", query.state)
            lead("route", query.route)
            bound("job < :before", "before", query.before)
            bound("job >= :from", "from", query.from)
            bound("job < :below", "below", query.below)
            if let name = query.name, !name.isEmpty {
                arguments["name"] = name
                others.append("instr(lower(CAST(path AS TEXT)), lower(:name)) > 0")
            }
            // The outer query takes the rows as the inner one gives them, and no more of those than it needs.
            let scan = "FROM jobs WHERE \(keyed.joined(separator: " AND ")) ORDER BY job DESC"
            let filter = others.isEmpty ? "" : "WHERE \(others.joined(separator: " AND "))"
            var page = LedgerPage()
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM (SELECT * \(scan) LIMIT \(Self.looked)) \(filter) LIMIT \(query.limit + 1)",
                arguments: StatementArguments(arguments))
            page.rows = rows.prefix(query.limit).map(JobRow.init)
            if rows.count > query.limit {
                page.next = page.rows.last?.job
            } else if !others.isEmpty {
                let bounds = arguments.filter { name, _ in keyed.contains { $0.hasSuffix(":\(name)") } }
                page.next = try String.fetchOne(database, sql: "SELECT job \(scan) LIMIT 1 OFFSET \(Self.looked - 1)", arguments: StatementArguments(bounds))
                page.isCutShort = page.next != nil
            }
            return page
        }
    }

    /// Jobs in each state, counted up to `most`, by the index alone.
    package func stateCounts(upTo most: Int) throws -> [String: Int] {
        try pool.read { database in
            var counts: [String: Int] = [:]
            for state in ["claimed", "waiting", "done", "failed", "skipped", "cancelled", "retried", "dismissed"] {
                counts[state] = try Int.fetchOne(
                    database, sql: "SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE state = ? LIMIT ?)", arguments: [state, most + 1]) ?? 0
            }
            return counts
        }
    }

    /// Failed jobs by route and code, by the index alone.
    package func failureCounts() throws -> [(route: String, code: String, count: Int)] {
        try pool.read { database in
            try Row.fetchAll(database, sql: """
                SELECT route, code, COUNT(*) AS count FROM jobs WHERE code IS NOT NULL AND state = 'failed' GROUP BY route, code ORDER BY count DESC, code
                """).map { ($0["route"], $0["code"], $0["count"]) }
        }
    }

    /// Failures that were neither retried nor dismissed, by route.
    package func openFailures() throws -> [String: Int] {
        Dictionary(try failureCounts().map { ($0.route, $0.count) }, uniquingKeysWith: +)
    }

    /// What ended in each minute from one on.
    package func minutes(since minute: Int64) throws -> [MinuteRow] {
        try pool.read { database in
            try Row.fetchAll(database, sql: "SELECT route, minute, done, failed, bytes FROM minutes WHERE minute >= ? ORDER BY minute, route", arguments: [minute]).map {
                MinuteRow(route: $0["route"], minute: $0["minute"], done: $0["done"], failed: $0["failed"], bytes: UInt64(bitPattern: $0["bytes"] as Int64))
            }
        }
    }

    /// Counts an ended job under its minute; minutes of an earlier day go.
    static func countMinute(_ row: JobRow, _ database: Database) throws {
        let minute = Int64(row.updated / 60_000)
        // The state is one of four column names, never a stranger's text.
        try database.cachedStatement(sql: """
            INSERT INTO minutes (route, minute, \(row.state), bytes) VALUES (?, ?, 1, ?)
            ON CONFLICT (minute, route) DO UPDATE SET \(row.state) = \(row.state) + 1, bytes = bytes + excluded.bytes
            """).execute(arguments: [row.route, minute, Int64(bitPattern: row.size)])
    }

    static func dropOldMinutes(_ database: Database) throws {
        try database.execute(sql: "DELETE FROM minutes WHERE minute < ?", arguments: [Int64(WallClock.milliseconds / 60_000) - 1_440])
    }
}
