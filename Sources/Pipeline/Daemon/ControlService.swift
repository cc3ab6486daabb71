// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import BatchProcessing
import Control
import ConversionProtocol
import DashboardModel
import FileAccess
import FoundationEssentials
import Hooks
import Glibc
import Ledger
import ServiceLifecycle
import Settings
import Spooling
import Synchronization
import SystemPackage
import Workers

/// Answers the control socket.
struct ControlService: Service {
    private let intake: Intake
    private let socket: ControlSocket
    private let source: FilePath?
    private let started = Instant.now

    init(intake: Intake, source: FilePath?) throws {
        self.intake = intake
        self.source = source
        socket = try ControlSocket(at: intake.configuration.controlSocketPath)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { callers in
                for await connection in socket.requests {
                    callers.addTask { await answer(connection) }
                }
            }
        }
        socket.close()
    }

    private func answer(_ connection: ControlConnection) async {
        do {
            let request = try connection.request()
            if let route = request.route, !intake.routes.contains(where: { $0.name == route }) {
                return await connection.refuse("cannot find route \"\(route)\"; there are \(intake.routes.map(\.name).joined(separator: ", "))")
            }
            switch request.command {
            case .status: try await connection.answer([StatusAnswer(intake: intake, source: source, started: started).report])
            case .jobs, .job: try await connection.answer(jobs(request))
            case .events: try await events(request, connection)
            case .pause: try await connection.answer([Steering(intake: intake).pause(request.route)])
            case .resume: try await connection.answer([Steering(intake: intake).resume(request.route)])
            case .cancel: try await cancel(request, connection)
            case .retry: try await retry(request, connection)
            case .dismiss: try await dismiss(request, connection)
            case .hookRetry: try await connection.answer(intake.hooks.deliverAgain(hook: request.hook, job: request.job).map(\.text))
            case .rescan: try await connection.answer([Steering(intake: intake).rescan(request.route)])
            case .workers:
                guard let number = request.number, number > 0 else { return await connection.refuse("cannot set the workers: give a number above 0") }
                intake.setWorkers(number)
                try await connection.answer([String]())
            case .explain: try await explain(request, connection)
            case .reload: try await connection.answer(Reload(intake: intake, source: source).run())
            case .stop:
                try await connection.answer([Steering(intake: intake).farewell])
                kill(getpid(), SIGTERM)
            }
        } catch { await connection.refuse("\(error)") }
    }

    private func jobs(_ request: ControlRequest) throws -> [JobReport] {
        var query = JobQuery()
        query.job = request.job
        query.route = request.route
        query.state = request.state
        query.code = request.code
        query.name = request.name
        query.before = request.before
        query.limit = min(request.limit ?? 50, 10_000)
        let outboxes = Dictionary(intake.routes.map { ($0.name, $0.settings.outbox) }) { $1 }
        return try intake.ledger.jobs(query).map { $0.report(outbox: outboxes[$0.route]) }
    }

    private func explain(_ request: ControlRequest, _ connection: ControlConnection) async throws {
        guard let path = request.filePath, path.isAbsolute else { return await connection.refuse("cannot explain: name a file by its absolute path") }
        let routes = intake.routes
        let pauses = intake.processor.pauses
        let explainer = Explainer(routes: routes.map(\.settings), ledger: intake.ledger) { settings, below in
            guard let route = routes.first(where: { $0.name == settings.name }) else { return try Explanation.of(below, Route.arrivals(settings)) }
            return route.feed.explain(below)
        } condition: { settings in routes.first { $0.name == settings.name }.map { RouteCondition(of: $0, pauses) } }
        try await connection.answer([try explainer.explain(path)])
    }

    private func events(_ request: ControlRequest, _ connection: ControlConnection) async throws {
        let log = intake.configuration.state.appending("events.jsonl")
        let follow = request.follow == true ? intake.bus.subscribe(bufferingNewest: 1_000) : nil
        let lines = try EventLog.last(request.limit ?? 20, at: log)
        if follow == nil { try await connection.begin(lines: lines.count) } else { try await connection.beginStream() }
        for line in lines { try await connection.send(bytes: line) }
        guard let follow else { return }
        for await event in follow { try await connection.send(bytes: event.line()) }
    }

    private func cancel(_ request: ControlRequest, _ connection: ControlConnection) async throws {
        let cancellation = Cancellation(intake: intake)
        if request.all == true {
            let jobs = cancellation.everything
            return try await connection.answer(jobs.isEmpty ? ["no job waits or runs"] : cancellation.run(jobs))
        }
        guard let job = request.job.flatMap({ JobID($0) }), intake.processor.holds(job) else {
            return await connection.refuse(try cancellation.refusal(of: request.job ?? ""))
        }
        try await connection.answer(cancellation.run([job]))
    }

    /// Has the files of jobs taken again that failed or were cancelled.
    private func retry(_ request: ControlRequest, _ connection: ControlConnection) async throws {
        guard request.all == true || request.code != nil || request.job != nil else { return await connection.refuse("cannot retry: name a job, a code, or all") }
        let rows = try intake.ledger.retriable(job: request.all == true ? nil : request.job, code: request.code, route: request.route)
        let outcome = try await FailedJobs(intake: intake).requeue(rows)
        if let refused = outcome.refused.last, outcome.taken == 0 { return await connection.refuse(refused.reason) }
        try await connection.answer(outcome.lines)
    }

    private func dismiss(_ request: ControlRequest, _ connection: ControlConnection) async throws {
        guard request.all == true || request.code != nil || request.job != nil else { return await connection.refuse("cannot dismiss: name a job, a code, or all") }
        let rows = try intake.ledger.dismissible(job: request.all == true ? nil : request.job, code: request.code)
        try await FailedJobs(intake: intake).dismiss(rows)
        try await connection.answer([OfflineDismissal.words(rows.count)])
    }
}
