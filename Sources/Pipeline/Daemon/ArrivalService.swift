// SPDX-License-Identifier: Apache-2.0
import Arrivals
import FileAccess
import ServiceLifecycle
import Settings
import SystemPackage

/// Feeds every route's arrivals to the processor, as routes come and go.
struct ArrivalService: Service {
    let intake: Intake

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingDiscardingTaskGroup { tasks in
                var watch: Watch?
                defer { watch?.link.stop() }
                for await change in intake.table.attend() {
                    // A feed asks when it begins.
                    for route in change.begun where !route.feed.isPolling { route.feed.beginHints() }
                    for route in change.begun {
                        tasks.addTask { try await attend(route) }
                        if change.isReload { tasks.addTask { await intake.recover([route], heedsDueTimes: true) } }
                    }
                    let watched = change.all.filter { !$0.feed.isPolling }
                    let old = watch
                    if watched.map(\.settings.inbox) == old?.routes.map(\.settings.inbox) ?? [], change.begun.allSatisfy(\.feed.isPolling) { continue }
                    guard !watched.isEmpty else {
                        old?.link.stop()
                        watch = nil
                        continue
                    }
                    let new = Watch(link: WatcherLink(program: try Programs.watcher(), roots: watched.map { $0.settings.inbox.resolved() }), routes: watched)
                    watch = new
                    tasks.addTask { await listen(to: new, after: old?.link) }
                }
            }
        }
    }

    /// Until the route is retired, or everything ends.
    private func attend(_ route: Route) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await route.feed.run() }
            tasks.addTask { try await intake.feed(route) }
            tasks.addTask { for await _ in route.tenure.end {} }
            try await tasks.next()
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    private func listen(to watch: Watch, after old: WatcherLink?) async {
        await watch.link.run { hint in
            // Both have watched until now, so nothing fell between them; what came before the new one's first look is scanned for.
            if case .ready = hint { old?.stop() }
            hint.deliver(to: watch.routes)
        }
        old?.stop()
    }

    /// A watcher and the routes whose inboxes it looks after, in its order.
    private struct Watch {
        let link: WatcherLink
        let routes: [Route]
    }
}

extension WatcherHint {
    /// To the route whose inbox it is about; an overflow is about all of them.
    fileprivate func deliver(to routes: [Route]) {
        switch self {
        case .changed(let root, _, _), .gone(let root, _), .folder(let root, _), .limit(let root, _, _), .rootLost(let root), .rootBack(let root):
            if routes.indices.contains(root) { routes[root].feed.take(self) }
        case .overflow, .ready: for route in routes { route.feed.take(self) }
        }
    }
}
