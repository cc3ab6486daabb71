// SPDX-License-Identifier: Apache-2.0
import GRDB

/// How a hook has fared since it last took an event.
package struct HookStanding: Sendable, Equatable {
    /// Runs in a row that did not take theirs.
    package var failures = 0
    /// Why the last of them did not.
    package var reason: String?
    /// When that was, in milliseconds since 1970.
    package var failed: UInt64?

    package init() {}

    func write(of hook: String, _ database: Database) throws {
        try database.cachedStatement(sql: "UPDATE hooks SET failures = ?, reason = ?, failed = ? WHERE hook = ?")
            .execute(arguments: [failures, reason, failed.map { Int64(bitPattern: $0) }, hook])
    }
}

extension Ledger {
    static let standingTables = """
        ALTER TABLE hooks ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE hooks ADD COLUMN reason TEXT;
        ALTER TABLE hooks ADD COLUMN failed INTEGER;
        """

    /// How the hook had fared when that was last noted.
    package func standing(ofHook hook: String) throws -> HookStanding {
        try pool.read { database in
            var standing = HookStanding()
            guard let row = try Row.fetchOne(database, sql: "SELECT failures, reason, failed FROM hooks WHERE hook = ?", arguments: [hook]) else { return standing }
            standing.failures = row["failures"]
            standing.reason = row["reason"]
            standing.failed = (row["failed"] as Int64?).map { UInt64(bitPattern: $0) }
            return standing
        }
    }
}
