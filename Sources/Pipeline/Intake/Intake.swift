// SPDX-License-Identifier: Apache-2.0
package import Announcements
import Arrivals
import BatchProcessing
import ConversionProtocol
import FileAccess
import Glibc
import Hooks
import Ledger
package import Settings
import Spooling
import Synchronization
import SystemPackage
package import Workers

/// The pieces that `watch` and `sweep` share, put together: routes, workers, processor, log, ledger.
package final class Intake: Sendable {
    package let bus: EventBus
    package let pool: WorkerPool
    let ledger: Ledger
    let table: RouteTable
    /// A route that is ready to begin; the one whose place it takes, if there is one.
    let makeRoute: @Sendable (RouteSettings, _ predecessor: Route?) throws -> Route
    let renewal: RouteRenewal
    let processor: BatchProcessor<FileWork, FileOutcome>
    let bulletin: Bulletin
    /// This daemon's name among several on one inbox.
    let instance: String
    let hooks: HookFeed
    private let stopping: StopFlag
    /// Held for as long as the process lives.
    private let lock: Descriptor

    /// Milliseconds. Most documents take less than half of that.
    private static let givesWayAfter: UInt64 = 25

    /// The settings in force.
    package var configuration: Settings.Configuration { table.configuration }
    var routes: [Route] { table.routes }

    /// Takes the state folder's lock and opens everything.
    ///
    /// `address` is how commands name this one, for reports: `--root /srv/scans`. With `earlier`, files that were dealt with before
    /// are its to decide on.
    /// - Throws: `ProgramError`.
    package init(_ configuration: Settings.Configuration, address: String, earlier: EarlierWork? = nil) throws {
        try Self.refuse(configuration)
        // Before anything is made: what may not run leaves nothing behind.
        for route in configuration.routes {
            try Self.opening(route.name, route.inbox) { try DirectorySpool.check(Route.layout(route, instance: "this", state: configuration.state)) }
        }
        let worker = try Programs.worker()
        let workerUser = try WorkerAccount.user(named: configuration.workers.user)
        let state = try Self.opening("state", configuration.state) { try Folder(configuration.state, making: true, mode: 0o750) }
        let lock = try state.open("lock", O_RDWR | O_CREAT | O_NOFOLLOW)
        guard flock(lock.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw ProgramError(.locked, "cannot use \(configuration.state.quoted): another intray holds its lock; stop that one, or use another state folder")
        }
        self.lock = lock
        let instance = try Self.instance(configuration, state)
        self.instance = instance
        let ledger = try Ledger(at: configuration.state.appending("ledger.sqlite"))
        self.ledger = ledger
        let bus = EventBus(
            log: try EventLog(at: configuration.state.appending("events.jsonl"), rotateBytes: configuration.eventLogBytes, keep: configuration.eventLogKeep),
            instance: instance)
        self.bus = bus
        bulletin = Bulletin(bus: bus, ledger: ledger)
        let hooks = try HookFeed(
            configuration.hooks, ledger: ledger, bus: bus, log: configuration.state.appending("events.jsonl"), state: configuration.state)
        self.hooks = hooks
        let crash = CrashPoints.fromEnvironment()
        let stopping = StopFlag()
        self.stopping = stopping
        let names = RouteNames(state: state)
        let formerRoutes = try names.known.subtracting(configuration.routes.map(\.name))
        let makeRoute: @Sendable (RouteSettings, Route?) throws -> Route = { settings, predecessor in
            try Self.opening(settings.name, settings.inbox) {
                try names.add(settings.name)
                return try Route(settings, instance: instance, state: configuration.state, address: address, ledger: ledger, earlier: earlier, crash: crash, stopping: stopping, predecessor: predecessor, formerRoutes: formerRoutes.sorted()) { report in
                    if let event = report.event(route: settings.name) { bus.post(event) }
                }
            }
        }
        self.makeRoute = makeRoute
        let table = RouteTable(configuration, try configuration.routes.map { try makeRoute($0, nil) })
        self.table = table
        let renewal = RouteRenewal(table: table, bus: bus, makeRoute: makeRoute)
        self.renewal = renewal
        let count = configuration.workerCount
        var workers = WorkerConfiguration(program: worker, count: configuration.processCount)
        workers.isolation = configuration.workers.isolation == .document ? .document : .batch(documents: configuration.workers.batchDocuments)
        workers.nurseryDocuments = configuration.workers.restartAfter
        workers.givesWayAfter = Self.givesWayAfter
        workers.sandbox = configuration.sandbox == .off ? .off : .require
        workers.user = workerUser
        pool = WorkerPool(configuration: workers)
        try ledger.dropUnended(except: Set(table.routes.flatMap { $0.leftovers.map(\.text) }))
        var settings = BatchSettings()
        // A failed file is in quarantine; whoever retries it gives it back to the inbox.
        settings.keptFailures = 0
        settings.probe = { group in
            guard hooks.congestion(of: group) == nil else { return false }
            guard let route = table.routes.first(where: { $0.name == group }) else { return true }
            return renewal.renew(route) || route.isFit()
        }
        let gatekeeper = Gatekeeper(hooks: hooks) { name in table.routes.first { $0.name == name } }
        processor = BatchProcessor(.hybrid(IntakeStages(bulletin: bulletin, gatekeeper: gatekeeper, renewal: renewal), engine: UnlockingEngine(pool),
            limits: HybridLimits(work: count, spare: configuration.workers.spare)), settings: settings)
    }

    /// Runs everything that was submitted until `finish` or `stop`, workers included.
    func run() async throws {
        try await pool.start()
        await processor.run(reportingTo: IntakeReceiver(bulletin: bulletin))
        await pool.stop()
        for route in routes {
            route.group.close()
            // What cannot be removed now is of use to the next run.
            try? route.spool.removeSpares()
        }
    }

    /// Changes how many documents are converted at the same time, and the processes with it.
    func setWorkers(_ count: Int) {
        processor.setLimit(count)
        pool.setCount(configuration.processes(for: count))
    }

    /// Takes up what an earlier run left. A job that waits for another attempt waits on, if it `heeds` that.
    func recover(heedsDueTimes: Bool) async { await recover(routes, heedsDueTimes: heedsDueTimes) }

    func recover(_ routes: [Route], heedsDueTimes: Bool) async {
        // A ledger that cannot be read knows of no waits: the jobs are tried at once.
        let due = heedsDueTimes ? (try? ledger.dueTimes()) ?? [:] : [:]
        await withDiscardingTaskGroup { waits in
            for route in routes {
                for job in route.leftovers {
                    let left = Self.wait(until: due[job.text], longest: route.settings.retry.longest)
                    // Each by itself: one that cannot be ended now holds up no other.
                    waits.addTask { await self.recover(job, route, after: left) }
                }
            }
        }
    }

    private func recover(_ job: JobID, _ route: Route, after delay: Duration) async {
        let receiver = IntakeReceiver(bulletin: bulletin)
        let telling = Telling()
        var isInWork = false
        await route.untilDone(bulletin) {
            switch try route.spool.recover(job, host: HostName.text, version: Version.text) {
            case nil: return
            case .convertAgain(let claim):
                isInWork = true
                // As for a file that a scan has found: one that is put back is not found before its end is known.
                route.feed.hold(claim.path)
                _ = route.tenure.takesUp(claim.path, isClaimed: true)
                // Not taken any more: the program ends, and the next start finds it.
                do { try await submit(FileWork(claim, on: route), job: claim.job, attempts: claim.attempt, delay: delay) } catch is SubmissionError { return } catch is CancellationError { return }
            case .delivered(let delivery): try await receiver.delivered(delivery, route, attempts: delivery.claim.attempt, ran: nil, telling)
            case .failed(let claim, let report): try await receiver.failed(claim, report, route, attempts: claim.attempt, telling)
            }
        }
        if !isInWork, let path = route.held[job] { route.finished(path) }
    }

    /// What is left of a wait; a clock that was set back cannot make it longer than any wait is.
    private static func wait(until due: UInt64?, longest: Duration) -> Duration {
        guard let due, due > WallClock.milliseconds else { return .zero }
        return min(.milliseconds(Int64(clamping: due - WallClock.milliseconds)), longest)
    }

    /// Takes nothing more; what is in work is finished.
    func stop() {
        stopping.raise()
        processor.stop()
    }

    /// Submits what a feed offers until it ends.
    func feed(_ route: Route) async throws {
        while let arrival = await route.feed.next() {
            do { try await submit(FileWork(arrival, on: route), job: .next(), attempts: 0) } catch is SubmissionError { return } catch is CancellationError { return }
        }
    }

    private func submit(_ work: FileWork, job: JobID, attempts: Int, delay: Duration = .zero) async throws {
        let size = work.arrival?.identity.size ?? work.state.withLock { $0.claim?.identity.size } ?? 0
        try await processor.submit(BatchJob(
            id: job, group: work.route.name, name: work.path.escaped, bytes: size, priority: work.route.priority(of: work.path),
            attemptsBefore: attempts, retry: work.route.retry, delay: delay, payload: work))
    }

    /// What cannot be run as it is set: hooks and other programs that others could change.
    static func refuse(_ configuration: Settings.Configuration) throws {
        do {
            for hook in configuration.hooks { try HookSafety.check(hook, folders: configuration.documentFolders) }
            for route in configuration.routes { try HookSafety.check(route, folders: configuration.documentFolders) }
        } catch {
            throw ProgramError(.refused, "\(error)")
        }
    }

    private static func opening<Value>(_ what: String, _ path: FilePath, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as SpoolRefusal {
            throw ProgramError(.refused, error.description)
        } catch let error as SystemError {
            throw ProgramError(.unavailable, "\(error.description) (\(what))")
        }
    }

    /// The name among several daemons on one inbox: set, or made once and kept.
    private static func instance(_ configuration: Settings.Configuration, _ state: Folder) throws -> String {
        if !configuration.instance.isEmpty { return configuration.instance }
        if let kept = try state.readIfPresent("instance"), !kept.isEmpty { return String(decoding: kept, as: UTF8.self) }
        let made = JobID.next().text.lowercased()
        try state.write(Array(made.utf8), to: "instance")
        return made
    }
}
