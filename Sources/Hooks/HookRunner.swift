// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Ledger
import Settings
import Synchronization
import SystemPackage

/// Delivers one hook's events: what is due, as many at once as it may, again when it asks for that.
///
/// Deliveries wait in the ledger; only the running ones are in memory.
final class HookRunner: Sendable {
    private struct Desk: Sendable {
        var running: [Int64: String] = [:]
        var isOff = false
        var isCongested = false
        var backlog: Int
        var givenUp: Int
        var health: HookHealth
        /// Nothing is started before.
        var rests: Instant?
    }

    let hook: HookSettings
    private let ledger: Ledger
    private let bus: EventBus
    private let folder: FilePath
    private let alarm = AlarmClock()
    private let stopping = Wake()
    private let isStopping = Atomic(false)
    private let desk: Mutex<Desk>

    init(_ hook: HookSettings, ledger: Ledger, bus: EventBus, state: FilePath) throws {
        self.hook = hook
        self.ledger = ledger
        self.bus = bus
        folder = state
        desk = Mutex(Desk(
            backlog: try ledger.backlog(ofHook: hook.name), givenUp: try ledger.givenUp(ofHook: hook.name), health: HookHealth(try ledger.standing(ofHook: hook.name))))
    }

    var state: HookState {
        let (desk, now) = (desk.withLock { $0 }, WallClock.milliseconds)
        var state = HookState(name: hook.name)
        // More may have been taken than was counted as added so far.
        state.backlog = max(0, desk.backlog)
        state.isOn = !desk.isOff
        state.givenUp = desk.givenUp
        state.standing = desk.health.standing
        guard state.standing.failures > 0, state.isOn, state.backlog > 0 else { return state }
        let rests = now + (desk.rests?.since(.now).wholeMilliseconds ?? 0)
        // A state without it is still a state.
        state.next = (try? ledger.nextDue(ofHook: hook.name)).flatMap { $0 }.map { max(min($0, now + longest), rests, now) }
        return state
    }

    /// More is waiting.
    func added(_ count: Int) {
        desk.withLock { $0.backlog += count }
        alarm.ring()
    }

    /// Whether a route that requires this hook is to wait; ends when half of the queue is gone.
    func isCongested() -> Bool {
        desk.withLock { desk in
            desk.isCongested = desk.backlog > (desk.isCongested ? hook.queue / 2 : hook.queue)
            return desk.isCongested
        }
    }

    /// Until `stop`. What runs then is broken off and delivered again at the next start.
    func run() async {
        await withDiscardingTaskGroup { runs in
            while !isStopping.load(ordering: .sequentiallyConsistent) {
                // A ledger that cannot be read now is asked again.
                let (rows, next) = (try? due()) ?? ([], .now + .seconds(5))
                for row in rows { runs.addTask { await self.deliver(row) } }
                await alarm.wait(until: next)
            }
        }
    }

    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        stopping.signal()
        alarm.ring()
    }

    /// What may start now, and when the next is due.
    private func due() throws -> ([DeliveryRow], Instant) {
        let (running, isOff, rests, isProbing) = desk.withLock { ($0.running, $0.isOff, $0.rests, $0.health.isProbing) }
        let room = (isProbing ? 1 : hook.concurrency) - running.count
        let never = Instant.now + .seconds(86_400)
        guard room > 0, !isOff else { return ([], never) }
        if let rests, rests > .now { return ([], rests) }
        let inOrder = hook.order == .route
        let now = WallClock.milliseconds
        let waiting = try ledger.deliveries(hook: hook.name, limit: inOrder ? .max >> 1 : room + running.count + 1, oneOfEach: inOrder).filter { row in
            running[row.seq] == nil && !(inOrder && running.values.contains(row.route))
        }
        // A clock that was set back cannot make a wait longer than it was meant.
        let rows = Array(waiting.filter { $0.due <= now || $0.due > now + longest }.prefix(room))
        desk.withLock { desk in for row in rows { desk.running[row.seq] = row.route } }
        let next = waiting.filter { $0.due > now }.map(\.due).min()
        return (rows, rows.count < room ? next.map { .now + .milliseconds(Int64($0 - now)) } ?? never : never)
    }

    private func deliver(_ row: DeliveryRow) async {
        defer {
            _ = desk.withLock { $0.running.removeValue(forKey: row.seq) }
            alarm.ring()
        }
        guard let event = EventLog.event(of: row.line) else { return await take(row, standing) }
        let run = await HookCall(hook, event: event, line: row.line, state: folder).run(stop: stopping)
        if run.ending == .stopped { return }
        let noted = note(run)
        let course = DeliveryCourse(row, after: run, of: hook)
        await tell(run, course, event, row)
        switch course {
        case .taken: await take(row, noted)
        case .switchedOff: desk.withLock { $0.isOff = true }
        case .again(var next, let pause):
            next.due = WallClock.milliseconds + pause.wholeMilliseconds
            await insist { [next] in try await self.ledger.redeliver(next, standing: noted) }
        case .givenUp: await giveUp(row, noted)
        }
    }

    private var standing: HookStanding { desk.withLock { $0.health.standing } }

    private func note(_ run: HookRun) -> HookStanding {
        desk.withLock { desk in
            let rest = desk.health.note(run, backoff: hook.backoff, now: WallClock.milliseconds)
            if desk.health.standing.failures == 0 { desk.rests = nil }
            if rest > .zero { desk.rests = max(desk.rests ?? .now, .now + rest) }
            return desk.health.standing
        }
    }

    private func take(_ row: DeliveryRow, _ standing: HookStanding) async {
        await insist { try await self.ledger.delivered(hook: row.hook, seq: row.seq, standing: standing) }
        desk.withLock { $0.backlog -= 1 }
    }

    private func giveUp(_ row: DeliveryRow, _ standing: HookStanding) async {
        let isFull = desk.withLock { $0.givenUp } >= Self.mostGivenUp + Self.mostGivenUp / 10
        await insist { try await self.ledger.giveUp(row, standing: standing, keeping: isFull ? Self.mostGivenUp : nil) }
        desk.withLock { desk in
            desk.backlog -= 1
            desk.givenUp = isFull ? Self.mostGivenUp : desk.givenUp + 1
        }
    }

    /// Tells anew what was given up, of one job or of all, and at once what was put off. A hook that is off is switched on.
    func deliverAgain(job: String?) async throws -> Redelivery {
        let found = try await ledger.deliverAgain(hook: hook.name, job: job)
        let givenUp = try ledger.givenUp(ofHook: hook.name)
        let wasOff = desk.withLock { desk in
            defer { desk.isOff = false }
            desk.backlog += found.anew
            desk.givenUp = givenUp
            desk.health.encourage()
            desk.rests = nil
            return desk.isOff
        }
        alarm.ring()
        return Redelivery(hook: hook.name, anew: found.anew, hurried: found.hurried, isSwitchedOn: wasOff)
    }

    /// A delivery whose end cannot be noted would run again at once: it waits until it can be, or the program ends.
    private func insist(_ body: () async throws -> Void) async {
        while true {
            do { return try await body() } catch {
                guard !isStopping.load(ordering: .sequentiallyConsistent), (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            }
        }
    }

    private func tell(_ run: HookRun, _ course: DeliveryCourse, _ event: Event, _ row: DeliveryRow) async {
        var news = Event(Self.type(of: run, course), route: event.route)
        news.job = event.job
        news.path = event.path
        news.pathBytes = event.pathBytes
        news.attempt = row.attempts + row.deferrals + 1
        news.reason = run.text
        news.durations = ["run": run.milliseconds]
        news.details = ["hook": hook.name, "event_id": event.eventID, "event": event.type.rawValue]
        switch course {
        case .taken, .givenUp: news.details?["final"] = "true"
        case .again(_, let pause): news.nextMilliseconds = pause.wholeMilliseconds
        case .switchedOff: break
        }
        if case .exited(let code) = run.ending { news.details?["exit"] = "\(code)" }
        if case .answered(let status) = run.ending { news.details?["status"] = "\(status)" }
        if case .signalled(let number) = run.ending { news.details?["signal"] = "\(number)" }
        if !run.errors.isEmpty { news.details?["stderr"] = PlainStrings.visible(String(decoding: run.errors, as: UTF8.self)) }
        bus.post(news)
    }

    private static func type(of run: HookRun, _ course: DeliveryCourse) -> EventType {
        switch course {
        case .taken: .hookDone
        case .switchedOff: .hookDisabled
        case .again where run.verdict == .again: .hookDeferred
        case .again, .givenUp: run.ending == .timedOut ? .hookTimeout : .hookFailed
        }
    }

    /// No wait is longer than this by intention, in milliseconds: one that seems so was meant by a clock that has been set back.
    private var longest: UInt64 { max(hook.backoff.wholeMilliseconds, 3_600_000) + 60_000 }
    private static let mostGivenUp = 10_000
}
