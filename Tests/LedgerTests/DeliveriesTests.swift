// SPDX-License-Identifier: Apache-2.0
import Ledger
import SystemPackage
import TestSupport
import Testing

@Suite("Deliveries in the ledger")
struct DeliveriesTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
    }

    private func row(_ seq: Int64, route: String = "main", hook: String = "h") -> DeliveryRow {
        DeliveryRow(hook: hook, seq: seq, route: route, job: "J\(seq)", line: [1])
    }

    private func put(_ rows: [DeliveryRow]) throws { try ledger.enqueueNow(rows, cursors: ["h": 100]) }
    private func waiting(limit: Int = 100, oneOfEach: Bool = false) throws -> [Int64] { try ledger.deliveries(hook: "h", limit: limit, oneOfEach: oneOfEach).map(\.seq) }

    private func again(_ job: String?) async throws -> [Int] {
        let found = try await ledger.deliverAgain(hook: "h", job: job)
        return [found.anew, found.hurried]
    }

    @Test("come as they are due, the oldest first; with one of each route, its oldest, due or not")
    func order() async throws {
        try put([row(3), row(1), row(2, route: "b"), row(4, route: "a"), row(5, route: "b"), row(6, hook: "other")])
        var late = row(1)
        late.due = 50
        late.attempts = 1
        late.deferrals = 2
        late.deferred = 7
        try await ledger.redeliver(late, standing: HookStanding())
        #expect(try waiting() == [2, 3, 4, 5, 1])
        #expect(try waiting(limit: 2) == [2, 3])
        #expect(try waiting(oneOfEach: true) == [1, 2, 4])
        #expect(try ledger.deliveries(hook: "h", limit: 1, oneOfEach: true) == [late])
        #expect(try ledger.nextDue(ofHook: "h") == 0)
        #expect(try ledger.deliveries(hook: "nobody", limit: 9, oneOfEach: true).isEmpty)
    }

    @Test("that were given up are kept, the newest ones, and wait anew when they are asked for")
    func givenUp() async throws {
        try put((1...6).map { row($0) })
        for seq in 1...5 { try await ledger.giveUp(row(Int64(seq)), standing: HookStanding(), keeping: seq == 5 ? 3 : nil) }
        #expect(try waiting() == [6])
        #expect(try ledger.givenUp(ofHook: "h") == 3)
        #expect(try await again("J1") == [0, 0])
        #expect(try await again("J4") == [1, 0])
        #expect(try waiting() == [4, 6])
        var late = row(6)
        late.due = 50
        late.attempts = 2
        try await ledger.redeliver(late, standing: HookStanding())
        #expect(try await again(nil) == [2, 1])
        #expect(try ledger.deliveries(hook: "h", limit: 9, oneOfEach: false) == [row(3), row(4), row(5), row(6)])
        #expect(try ledger.givenUp(ofHook: "h") == 0)
    }

    @Test("how a hook has fared stays when the log is looked at further")
    func standing() async throws {
        try put([row(1)])
        var standing = HookStanding()
        standing.failures = 3
        standing.reason = "exit 3"
        standing.failed = 1_000
        try await ledger.redeliver(row(1), standing: standing)
        try put([row(2)])
        #expect(try ledger.standing(ofHook: "h") == standing)
        try await ledger.delivered(hook: "h", seq: 1, standing: HookStanding())
        #expect(try ledger.standing(ofHook: "h") == HookStanding())
        #expect(try ledger.hooks() == ["h"])
    }
}
