// SPDX-License-Identifier: Apache-2.0
package import Announcements
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
    private let tell: (@Sendable (Event) async -> Void)?
    /// What the machine may not have for all workers at once.
    package let shortage: String?

    /// `say` is told where the page is, once it is there; `warn` what an operator must act upon; `tell` of what happens, one event after
    /// the other: while it takes its time events wait, the newest thousand of them.
    package init(
        _ configuration: Settings.Configuration, source: FilePath?, say: @escaping @Sendable (String) -> Void = { _ in },
        warn: @escaping @Sendable (String) -> Void = { _ in }, tell: (@Sendable (Event) async -> Void)? = nil
    ) throws {
        self.tell = tell
        shortage = MemoryBudget(configuration).warning
        try DashboardService.refuse(configuration)
        // Without a file it is the daemon of a root, whose state lies below that.
        let address = source.map { "-c \($0.shellWord)" } ?? "--root \(configuration.state.removingLastComponent().shellWord)"
        let intake = try Intake(configuration, address: address)
        bus = intake.bus
        var services: [any Service] = [
            JournalService(intake.bus, say: warn),
            HookService(intake: intake),
            WorkService(intake: intake),
            ArrivalService(intake: intake),
            try ControlService(intake: intake, source: source),
            WatchdogService(intake: intake),
            OpenSandboxService(intake: intake),
        ]
        if let listen = configuration.dashboard.listen { services.append(try DashboardService(intake: intake, source: source, listen: listen, say: say)) }
        // Without a file there is nothing to read again, and a hangup ends the daemon.
        if source != nil {
            // Until the service listens, a hangup is let pass.
            signal(SIGHUP, SIG_IGN)
            services.append(ReloadService(reload: Reload(intake: intake, source: source)))
        }
        self.services = services
    }

    /// Runs until SIGTERM or SIGINT; a second one ends it at once.
    package func run() async throws {
        guard let tell else { return try await work() }
        let events = bus.subscribe(bufferingNewest: 1_000)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            // Ends with the bus, when the last event has been told.
            tasks.addTask { for await event in events { await tell(event) } }
            try await work()
            try await tasks.waitForAll()
        }
    }

    private func work() async throws {
        var started = Event(.daemonStarted)
        started.reason = shortage
        bus.post(started)
        let group = ServiceGroup(services: services, logger: Logger(label: "intray") { _ in SwiftLogNoOpLogHandler() })
        // The lock is held, the folders are open and the control socket listens.
        ServiceNotice.send(ServiceNotice.ready)
        defer { ServiceNotice.send(ServiceNotice.stopping) }
        // One listener only: a signal that comes while the group starts would else be heard by the one and missed by the other.
        do { try await Interruption.heeding({ await group.triggerGracefulShutdown() }, { try await group.run() }) } catch {
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
        await cancelWhenGracefulShutdown { await intake.hooks.run() }
        // Without hooks there is nothing to do, and a service that ended early would end the daemon.
        try await gracefulShutdown()
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
