// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Ledger
import SystemPackage
import TestSupport
import Testing

@Suite("Ledger")
struct LedgerTests {
    @Test("a row comes back as it was, its path's bytes too")
    func roundTrip() async throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
        var row = JobRow(job: "J1", route: "main", path: FilePath(bytes: [0x61, 0xFF, 0x0A]), state: "done")
        row.outputs = ["a.md", "b.json"]
        row.sha256 = "00ff"
        row.device = .max
        row.milliseconds = 1.5
        try await ledger.record([row])
        #expect(try ledger.jobs(JobQuery()) == [row])
    }

    @Test("pages go from the newest to the oldest without gap or repeat")
    func pages() async throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
        try await ledger.record((0..<100).map { JobRow(job: "J\($0 + 100)", route: "main", path: FilePath("f\($0)"), state: $0 % 2 == 0 ? "done" : "failed") })
        var query = JobQuery()
        query.state = "failed"
        query.limit = 20
        var seen: [String] = []
        while case let page = try ledger.jobs(query), !page.isEmpty {
            seen += page.map(\.job)
            query.before = page.last?.job
        }
        #expect(seen == (0..<100).reversed().filter { $0 % 2 == 1 }.map { "J\($0 + 100)" })
    }

    @Test("a file is known by its version, not by its name")
    func known() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("a.txt")
        try path.write("one")
        let ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
        let identity = try FileIdentity.of(path)
        var row = JobRow(job: "J", route: "main", path: "a.txt", state: "done")
        row.device = identity.device
        row.inode = identity.inode
        row.size = identity.size
        row.modified = identity.modified
        try await ledger.record([row])
        #expect(ledger.isKnown(route: "main", path: "a.txt", identity: identity))
        #expect(!ledger.isKnown(route: "other", path: "a.txt", identity: identity))
        // Converted once, failed when it was asked for again, and given back then: what was before counts no more.
        var again = row
        (again.job, again.state, again.updated) = ("02", "failed", row.updated + 1)
        try await ledger.record([again])
        #expect(ledger.known(route: "main", path: "a.txt", identity: identity)?.state == "failed")
        try await ledger.retried(job: "02")
        #expect(!ledger.isKnown(route: "main", path: "a.txt", identity: identity))
        (again.job, again.state, again.updated) = ("03", "done", UInt64.max >> 1)
        try await ledger.record([again])
        try path.write("other")
        #expect(try !ledger.isKnown(route: "main", path: "a.txt", identity: FileIdentity.of(path)))
    }

    @Test("a damaged ledger is put aside and a new one begun")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("ledger.sqlite")
        try path.write([UInt8](repeating: 0x41, count: 8_192))
        let ledger = try Ledger(at: path)
        #expect(ledger.damaged?.exists == true)
        #expect(try ledger.jobs(JobQuery()).isEmpty)
    }
}
