// SPDX-License-Identifier: Apache-2.0
package import Announcements
import ConversionProtocol
import FileAccess
package import Ledger
package import Settings
import Synchronization
package import SystemPackage

/// Tells hooks of events: each at least once, across restarts, under the event's own name.
///
///     event log ──note──▶ ledger ──due──▶ a run of the hook ──▶ done, again later, or given up
///
/// An event is noted for its hooks after it stands in the log; what a crash left between the two is found in the log at
/// the next start. Nobody waits for a hook, but a route whose required hook is behind.
package final class HookFeed: Sendable {
    private let runners: [HookRunner]
    private let gates: [HookSettings]
    /// How each gate has fared in this run of the daemon.
    private let gateStandings = Mutex<[String: HookStanding]>([:])
    private let ledger: Ledger
    private let log: FilePath
    private let state: FilePath
    private let bus: EventBus
    private let events: AsyncStream<Event>
    private let start: Int64
    private let breaking = Wake()

    /// Notes what an earlier run left; to be called before anything is published.
    package init(_ hooks: [HookSettings], ledger: Ledger, bus: EventBus, log: FilePath, state: FilePath) throws {
        self.ledger = ledger
        self.log = log
        self.state = state
        self.bus = bus
        gates = hooks.filter(\.isGate)
        let told = hooks.filter { !$0.isGate }
        events = told.isEmpty ? AsyncStream { $0.finish() } : bus.subscribe(bufferingNewest: 4_096)
        start = try HookLog(path: log, ledger: ledger).catchUp(told)
        runners = try told.map { try HookRunner($0, ledger: ledger, bus: bus, state: state) }
    }

    /// Until the task is cancelled: nothing more is started then, and what runs is broken off.
    package func run() async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { tasks in
                for runner in runners { tasks.addTask { await runner.run() } }
                await note()
            }
        } onCancel: {
            breaking.signal()
            for runner in runners { runner.stop() }
        }
    }

    package var reports: [HookState] { runners.map(\.state) + gates.map(state(of:)) }

    private func state(of gate: HookSettings) -> HookState {
        var state = HookState(name: gate.name)
        state.standing = gateStandings.withLock { $0[gate.name] } ?? HookStanding()
        return state
    }

    /// Tells anew what was given up, of one job or of all, and at once what was put off; of one hook or of every one.
    /// - Throws: `HookRefusal` when there is no such hook, or nothing to tell one that was named.
    package func deliverAgain(hook: String?, job: String?) async throws -> [Redelivery] {
        let chosen = runners.filter { hook == nil || $0.hook.name == hook }
        if let hook, chosen.isEmpty {
            let names = runners.map(\.hook.name).joined(separator: ", ")
            let reason = gates.contains { $0.name == hook } ? "a gate is asked, not told" : "the hooks that are told are \(names.isEmpty ? "none" : names)"
            throw HookRefusal(description: "cannot deliver again to hook \"\(hook)\": \(reason)")
        }
        var done: [Redelivery] = []
        for runner in chosen {
            let again = try await runner.deliverAgain(job: job)
            if again.isNews { bus.post(Event(again, job: job)) }
            done.append(again)
        }
        return try Redelivery.checked(done, hook: hook, job: job)
    }

    /// The required hook that a route has to wait for, if there is one.
    package func congestion(of route: String) -> String? {
        runners.first { $0.hook.isRequired && ($0.hook.routes.isEmpty || $0.hook.routes.contains(route)) && $0.isCongested() }?.hook.name
    }

    private func note() async {
        var last = start
        for await event in events {
            // Seen at the start already.
            guard event.seq > last else { continue }
            if event.seq > last + 1 {
                // Too many came at once: the log has them all.
                await insist { last = try await self.noteLogged(after: last) }
                continue
            }
            guard let line = try? event.line() else { continue }
            await insist { try await self.note([(event, line)], upTo: event.seq) }
            last = event.seq
        }
    }

    private func noteLogged(after seq: Int64) async throws -> Int64 {
        var last = seq
        while true {
            var page: [(Event, [UInt8])] = []
            var end = last
            try EventLog.lines(after: last, at: log) { number, line in
                end = number
                if let event = EventLog.event(of: line) { page.append((event, line)) }
                return page.count < 500
            }
            guard end > last else { return last }
            try await note(page, upTo: end)
            last = end
        }
    }

    private func note(_ events: [(Event, [UInt8])], upTo seq: Int64) async throws {
        var rows: [DeliveryRow] = []
        for runner in runners {
            rows += events.filter { runner.hook.wants($0.0) }.map { DeliveryRow(hook: runner.hook.name, $0, $1) }
        }
        // Events for nobody move the cursors now and then only.
        guard !rows.isEmpty || seq % 256 == 0 else { return }
        try await ledger.enqueue(rows, cursors: Dictionary(uniqueKeysWithValues: runners.map { ($0.hook.name, seq) }))
        for runner in runners {
            let count = rows.count { $0.hook == runner.hook.name }
            if count > 0 { runner.added(count) }
        }
    }

    private func insist(_ body: () async throws -> Void) async {
        while true {
            // Without the ledger nothing can be noted; the log keeps it for the next start.
            do { return try await body() } catch { guard (try? await Task.sleep(for: .seconds(1))) != nil else { return } }
        }
    }
}

extension HookFeed {
    /// What the gates say about a claimed file.
    package enum Passage: Sendable, Equatable {
        case through
        case skip(reason: String)
        case fail(reason: String)
        case route(String)
        /// A gate did not do its work.
        case broken(String)
    }

    package func hasGates(_ route: String) -> Bool { gates.contains { $0.routes.isEmpty || $0.routes.contains(route) } }

    /// Asks the gates one after the other, until one does not let the file through.
    package func pass(_ event: Event) async -> Passage {
        guard let line = try? event.line() else { return .broken("its event cannot be written") }
        for gate in gates where gate.routes.isEmpty || event.route.map(gate.routes.contains) ?? true {
            let run = await HookCall(gate, event: event, line: line, state: state).run(stop: breaking)
            let passage = GateAnswer.passage(of: run, gate: gate.name)
            note(run, passage, of: gate)
            if passage != .through { return passage }
        }
        return .through
    }

    private func note(_ run: HookRun, _ passage: Passage, of gate: HookSettings) {
        gateStandings.withLock { standings in
            guard case .broken(let reason) = passage, run.ending != .stopped else {
                standings[gate.name] = nil
                return
            }
            var standing = standings[gate.name] ?? HookStanding()
            standing.failures += 1
            standing.reason = run.verdict == .done ? reason : run.reason
            standing.failed = WallClock.milliseconds
            standings[gate.name] = standing
        }
    }
}
