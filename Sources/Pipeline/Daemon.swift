// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import BatchProcessing
import Control
import FileAccess
import Hooks
import Glibc
import Logging
import ServiceLifecycle
package import Settings
package import SystemPackage
import UnixSignals

/// `intray watch`: the services in the order in which they start. They stop from the bottom up: first nobody is answered,
/// then nothing new arrives, then what is in work ends.
package struct Daemon: Sendable {
    private let services: [any Service]
    private let bus: EventBus

    package init(_ configuration: Settings.Configuration, source: FilePath?) throws {
        let intake = try Intake(configuration)
        bus = intake.bus
        services = [
            HookService(intake: intake),
            WorkService(intake: intake),
            ArrivalService(intake: intake),
            try ControlService(intake: intake, source: source),
        ]
    }

    /// Runs until SIGTERM or SIGINT.
    package func run() async throws {
        bus.post(Event(.daemonStarted))
        let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "intray") { _ in SwiftLogNoOpLogHandler() })
        // The lock is held, the folders are open and the control socket listens.
        ServiceNotice.send(ServiceNotice.ready)
        defer { ServiceNotice.send(ServiceNotice.stopping) }
        do { try await group.run() } catch {
            await bus.close()
            throw error
        }
        bus.post(Event(.daemonStopped))
        await bus.close()
    }
}

/// Tells the hooks; what is not told when it stops is told at the next start.
private struct HookService: Service {
    let intake: Intake

    func run() async throws {
        try await cancelWhenGracefulShutdown { await intake.hooks.run() }
    }
}

/// Takes up what was left, then converts until it is told to stop; what is in work then is finished.
private struct WorkService: Service {
    let intake: Intake

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await intake.recover(heedsDueTimes: true) }
                try await intake.run()
                tasks.cancelAll()
            }
        } onGracefulShutdown: {
            intake.stop()
        }
    }
}

/// Feeds every route's arrivals to the processor.
private struct ArrivalService: Service {
    let intake: Intake

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                let watched = intake.routes.filter { !$0.feed.isPolling }
                if !watched.isEmpty {
                    let link = WatcherLink(program: try Programs.watcher(), roots: watched.map(\.settings.inbox))
                    for route in watched { route.feed.beginHints() }
                    tasks.addTask {
                        link.start()
                        defer { link.stop() }
                        for await hint in link.hints { hint.deliver(to: watched) }
                    }
                }
                for route in intake.routes {
                    tasks.addTask { try await route.feed.run() }
                    tasks.addTask { try await intake.feed(route) }
                }
                try await tasks.waitForAll()
            }
        }
    }
}

extension WatcherHint {
    /// To the route whose inbox it is about; an overflow is about all of them.
    fileprivate func deliver(to routes: [Route]) {
        switch self {
        case .changed(let root, _, _), .gone(let root, _), .limit(let root, _, _), .rootLost(let root), .rootBack(let root):
            if routes.indices.contains(root) { routes[root].feed.take(self) }
        case .overflow: for route in routes { route.feed.take(self) }
        case .ready: return
        }
    }
}
