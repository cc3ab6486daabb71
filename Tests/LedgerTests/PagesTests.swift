// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Ledger
import SystemPackage
import TestSupport
import Testing

@Suite("Pages of the ledger")
struct PagesTests {
    private func filled(_ folder: TemporaryFolder, _ count: Int) async throws -> Ledger {
        let ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
        try await ledger.record((0..<count).map { number in
            var row = JobRow(job: "J\(number + 1_000_000)", route: number % 3 == 0 ? "a" : "b", path: FilePath("in/File \(number).pdf"), state: number % 4 == 0 ? "failed" : "done")
            row.code = number % 4 == 0 ? (number % 8 == 0 ? "malformed" : "crash") : nil
            row.updated = WallClock.milliseconds
            row.size = 10
            return row
        })
        return ledger
    }

    private func all(_ ledger: Ledger, _ query: PageQuery) throws -> [Int] {
        var query = query
        var seen: [Int] = []
        repeat {
            let page = try ledger.page(query)
            seen += page.rows.compactMap { Int($0.job.dropFirst()).map { $0 - 1_000_000 } }
            query.before = page.next
        } while query.before != nil
        return seen
    }

    @Test("any filter gives every job of its kind once, the newest first, over pages of any size", arguments: [1, 7, 500])
    func filters(limit: Int) async throws {
        let folder = try TemporaryFolder()
        let ledger = try await filled(folder, 240)
        var query = PageQuery()
        query.limit = limit
        #expect(try all(ledger, query) == (0..<240).reversed())
        query.state = "failed"
        #expect(try all(ledger, query) == (0..<240).reversed().filter { $0 % 4 == 0 })
        query.route = "a"
        #expect(try all(ledger, query) == (0..<240).reversed().filter { $0 % 12 == 0 })
        query.code = "malformed"
        #expect(try all(ledger, query) == (0..<240).reversed().filter { $0 % 24 == 0 })
        query.name = "file 2"
        #expect(try all(ledger, query) == (0..<240).reversed().filter { $0 % 24 == 0 && "\($0)".hasPrefix("2") })
        query = PageQuery()
        query.from = "J1000010"
        query.below = "J1000013"
        #expect(try all(ledger, query) == [12, 11, 10])
    }

    @Test("a name that is rare is looked for in bounded steps, and found")
    func rareName() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await filled(folder, Ledger.looked + 500)
        var query = PageQuery()
        query.name = "File 3.pdf"
        let first = try ledger.page(query)
        #expect(first.isCutShort && first.rows.isEmpty)
        query.before = first.next
        let second = try ledger.page(query)
        #expect(second.rows.map(\.job) == ["J1000003"])
        #expect(second.next == nil)
    }

    @Test("ended jobs are counted by minute, failures by code, states up to a bound")
    func counts() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await filled(folder, 24)
        let minutes = try ledger.minutes(since: Int64(WallClock.milliseconds / 60_000) - 5)
        #expect(minutes.map(\.done).reduce(0, +) == 18 && minutes.map(\.failed).reduce(0, +) == 6)
        #expect(minutes.map(\.bytes).reduce(0, +) == 240)
        #expect(try ledger.failureCounts().map { "\($0.route) \($0.code) \($0.count)" }.sorted() == ["a crash 1", "a malformed 1", "b crash 2", "b malformed 2"])
        #expect(try ledger.stateCounts(upTo: 10)["done"] == 11)
    }
}
