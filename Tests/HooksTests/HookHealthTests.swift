// SPDX-License-Identifier: Apache-2.0
import FileAccess
@testable import Hooks
import Ledger
import Settings
import Testing

@Suite("What follows a run of a hook")
struct HookHealthTests {
    private let row = DeliveryRow(hook: "h", seq: 1, route: "main", job: nil, line: [])
    private let hook = HookSettings(name: "h", command: [])

    private func pauses(_ run: HookRun, most: Int = 1_000) -> [Duration] {
        var (row, pauses) = (row, [Duration]())
        while pauses.count < most, case .again(let next, let pause) = DeliveryCourse(row, after: run, of: hook) {
            pauses.append(pause)
            row = next
        }
        return pauses
    }

    @Test("a failure is tried again as often as is set, with pauses that grow")
    func failures() {
        #expect(pauses(HookRun(ending: .exited(1))) == [.seconds(5), .seconds(15)])
    }

    @Test("not now is tried again for three days, every ten minutes in the end", arguments: [HookRun.Ending.exited(75), .answered(429), .answered(503), .unanswered("x"), .notStarted("x")])
    func deferrals(ending: HookRun.Ending) {
        let pauses = pauses(HookRun(ending: ending))
        #expect(pauses.prefix(6) == [.seconds(5), .seconds(15), .seconds(45), .seconds(135), .seconds(405), .seconds(600)])
        #expect(pauses.allSatisfy { $0 <= .seconds(600) })
        #expect(pauses.reduce(.zero, +) == .seconds(3 * 86_400))
    }

    @Test("what the other side asks for is heeded, and counts")
    func asked() {
        var run = HookRun(ending: .answered(503))
        run.pause = .seconds(3_600)
        #expect(pauses(run) == Array(repeating: .seconds(3_600), count: 72))
    }

    @Test("a hook without a backoff is not asked in a ring")
    func noBackoff() {
        var hook = hook
        hook.backoff = .zero
        guard case .again(_, let pause) = DeliveryCourse(row, after: HookRun(ending: .exited(75)), of: hook) else { return #expect(Bool(false)) }
        #expect(pause > .zero)
    }

    @Test("where one after the other says not now, one at a time finds out when that has passed")
    func rest() {
        var health = HookHealth(HookStanding())
        func note(_ code: Int32) -> Duration { health.note(HookRun(ending: .exited(code)), backoff: .seconds(5), now: 1) }
        #expect(note(75) == .zero && note(75) == .zero && !health.isProbing)
        #expect(note(75) == .seconds(5) && health.isProbing)
        #expect(note(75) == .seconds(15) && note(75) == .seconds(45) && note(75) == .seconds(60) && note(75) == .seconds(60))
        #expect(health.standing.failures == 7)
        #expect(note(0) == .zero && !health.isProbing && health.standing == HookStanding())
    }
}
