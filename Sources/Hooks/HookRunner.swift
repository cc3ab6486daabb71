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
        var backlog = 0
    }

    let hook: HookSettings
    private let ledger: Ledger
    private let bus: EventBus
    private let state: FilePath
    private let alarm = AlarmClock()
    private let stopping = Wake()
    private let isStopping = Atomic(false)
    private let desk: Mutex<Desk>

    init(_ hook: HookSettings, ledger: Ledger, bus: EventBus, state: FilePath) throws {
        self.hook = hook
        self.ledger = ledger
        self.bus = bus
        self.state = state
        desk = Mutex(Desk(backlog: try ledger.backlog(ofHook: hook.name)))
    }

    var backlog: Int { desk.withLock { $0.backlog } }
    var isOff: Bool { desk.withLock { $0.isOff } }

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
        let (running, isOff) = desk.withLock { ($0.running, $0.isOff) }
        let room = hook.concurrency - running.count
        let never = Instant.now + .seconds(86_400)
        guard room > 0, !isOff else { return ([], never) }
        let inOrder = hook.order == .route
        let now = WallClock.milliseconds
        let waiting = try ledger.deliveries(hook: hook.name, limit: inOrder ? .max >> 1 : room + running.count + 1, oneOfEach: inOrder).filter { row in
            running[row.seq] == nil && !(inOrder && running.values.contains(row.route))
        }
        // A clock that was set back cannot make a wait longer than it was meant.
        let rows = Array(waiting.filter { $0.due <= now || $0.due > now + Self.longest }.prefix(room))
        desk.withLock { desk in for row in rows { desk.running[row.seq] = row.route } }
        let next = waiting.filter { $0.due > now }.map(\.due).min()
        return (rows, rows.count < room ? next.map { .now + .milliseconds(Int64($0 - now)) } ?? never : never)
    }

    private func deliver(_ row: DeliveryRow) async {
        defer {
            _ = desk.withLock { $0.running.removeValue(forKey: row.seq) }
            alarm.ring()
        }
        guard let event = EventLog.event(of: row.line) else { return await end(row) }
        let run = await HookCall(hook, event: event, line: row.line, state: state).run(stop: stopping)
        if run.ending == .stopped { return }
        var news = Event(run.ending == .timedOut ? .hookTimeout : .hookFailed, route: event.route)
        switch run.verdict {
        case .done, .skip:
            news = Event(.hookDone, route: event.route)
            await tell(news, run, event, row, final: true)
            await end(row)
        case .switchOff:
            desk.withLock { $0.isOff = true }
            await tell(Event(.hookDisabled, route: event.route), run, event, row, final: false)
        case .again, .failed, .refused:
            let isLast = row.attempts + 1 >= hook.attempts || run.verdict == .refused
            let delay = max(Self.delay(hook.backoff, failed: row.attempts + 1), run.pause ?? .zero)
            if !isLast { news.nextMilliseconds = delay.wholeMilliseconds }
            await tell(news, run, event, row, final: isLast)
            guard !isLast else { return await end(row) }
            await insist { try await self.ledger.redeliver(
                hook: row.hook, seq: row.seq, attempts: row.attempts + 1, due: WallClock.milliseconds + delay.wholeMilliseconds) }
        }
    }

    private func end(_ row: DeliveryRow) async {
        await insist { try await self.ledger.delivered(hook: row.hook, seq: row.seq) }
        desk.withLock { $0.backlog -= 1 }
    }

    /// A delivery whose end cannot be noted would run again at once: it waits until it can be, or the program ends.
    private func insist(_ body: () async throws -> Void) async {
        while true {
            do { return try await body() } catch {
                guard !isStopping.load(ordering: .sequentiallyConsistent), (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            }
        }
    }

    private func tell(_ news: Event, _ run: HookRun, _ event: Event, _ row: DeliveryRow, final: Bool) async {
        var news = news
        news.job = event.job
        news.path = event.path
        news.pathBytes = event.pathBytes
        news.attempt = row.attempts + 1
        news.reason = run.text
        news.durations = ["run": run.milliseconds]
        news.details = ["hook": hook.name, "event_id": event.eventID, "event": event.type.rawValue]
        if final { news.details?["final"] = "true" }
        if case .exited(let code) = run.ending { news.details?["exit"] = "\(code)" }
        if case .answered(let status) = run.ending { news.details?["status"] = "\(status)" }
        if case .signalled(let number) = run.ending { news.details?["signal"] = "\(number)" }
        if !run.errors.isEmpty { news.details?["stderr"] = PlainStrings.visible(String(decoding: run.errors, as: UTF8.self)) }
        bus.post(news)
    }

    /// Three times as long after each failure, up to ten minutes.
    private static func delay(_ first: Duration, failed: Int) -> Duration {
        var delay = first
        for _ in 1..<max(1, min(failed, 32)) where delay < .seconds(600) { delay = delay * 3 }
        return min(delay, max(first, .seconds(600)))
    }

    private static let longest: UInt64 = 86_400_000
}
