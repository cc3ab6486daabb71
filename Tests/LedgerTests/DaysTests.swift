// SPDX-License-Identifier: Apache-2.0
import Ledger
import SystemPackage
import TestSupport
import Testing

@Suite("The ledger's sums")
struct DaysTests {
    @Test("count each job once, however often its end is told, and under the day of its end")
    func counted() async throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
        var done = JobRow(job: "J1", route: "main", path: "a", state: "claimed")
        ledger.note(done)
        done.state = "done"
        done.size = 100
        done.updated = 20_000 * 86_400_000
        try await ledger.record([done])
        try await ledger.record([done])
        var failed = JobRow(job: "J2", route: "main", path: "b", state: "failed")
        failed.updated = 20_001 * 86_400_000
        try await ledger.record([failed])
        var sums = DaySums()
        sums.done = 1
        sums.failed = 1
        sums.bytes = 100
        #expect(try ledger.sums(route: "main") == sums)
        sums.done = 0
        sums.bytes = 0
        #expect(try ledger.sums(route: "main", since: 20_001) == sums)
        #expect(try ledger.sums(route: "other") == DaySums())
    }

    @Test("jobs that nobody has any more are dropped, those that wait keep the time at which they are due")
    func waiting() async throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
        var waiting = JobRow(job: "J1", route: "main", path: "a", state: "waiting")
        waiting.due = 123
        try await ledger.record([waiting, JobRow(job: "J2", route: "main", path: "b", state: "claimed"), JobRow(job: "J3", route: "main", path: "c", state: "done")])
        try ledger.dropUnended(except: ["J1"])
        #expect(try ledger.jobs(JobQuery()).map(\.job) == ["J3", "J1"])
        #expect(try ledger.dueTimes() == ["J1": 123])
    }
}
