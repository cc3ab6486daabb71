// SPDX-License-Identifier: Apache-2.0
import Settings
import Synchronization
import SystemPackage

/// The routes at work and the settings in force: what a reload changes, in one step.
final class RouteTable: Sendable {
    /// What has changed: routes that begin, and all there are from now on.
    struct Change: Sendable {
        var begun: [Route]
        var all: [Route]
        /// False for the routes that the program starts with.
        var isReload: Bool
    }

    private struct Desk: Sendable {
        var configuration: Settings.Configuration
        var routes: [Route]
        /// Routes that take nothing more; each lives as long as it has something in work.
        var retired: [Retired] = []
    }

    private struct Retired: Sendable { weak var route: Route? }

    private let changes: AsyncStream<Change>
    /// Whether somebody begins the routes that come: a sweep keeps those that it starts with.
    private let attended = Atomic(false)
    private let feed: AsyncStream<Change>.Continuation
    private let desk: Mutex<Desk>
    /// One change at a time, from its first look to its end.
    let changing = Mutex(())

    init(_ configuration: Settings.Configuration, _ routes: [Route]) {
        desk = Mutex(Desk(configuration: configuration, routes: routes))
        (changes, feed) = AsyncStream.makeStream()
        feed.yield(Change(begun: routes, all: routes, isReload: false))
    }

    /// One element at once for the first routes, then one for each change; for one listener.
    func attend() -> AsyncStream<Change> {
        attended.store(true, ordering: .releasing)
        return changes
    }

    var isAttended: Bool { attended.load(ordering: .acquiring) }
    var routes: [Route] { desk.withLock { $0.routes } }
    var configuration: Settings.Configuration { desk.withLock { $0.configuration } }

    /// The route of that name which still has files in its hands, at work or retired.
    func holder(of name: String) -> Route? {
        desk.withLock { desk in desk.routes.first { $0.name == name } ?? desk.retired.compactMap(\.route).last { $0.name == name } }
    }

    /// What is to stay free in a route's outbox by the settings in force: a route that a reload has ended would else wait for what
    /// nobody asks for any more.
    func minimumFree(of route: Route) -> UInt64 {
        (routes.first { $0.name == route.name && $0.settings.outbox == route.settings.outbox } ?? route).settings.minimumFree
    }

    /// Puts other routes in the place of those there are. Those that are not among them take nothing more.
    func replace(with configuration: Settings.Configuration, _ routes: [Route]) {
        let (retired, change) = desk.withLock { desk in
            let gone = desk.routes.filter { old in !routes.contains { $0 === old } }
            let begun = routes.filter { new in !desk.routes.contains { $0 === new } }
            desk.retired.removeAll { $0.route == nil }
            desk.retired += gone.map { Retired(route: $0) }
            desk.configuration = configuration
            desk.routes = routes
            // Those that ended earlier too: what they still have in work is looked at again by the one of their name.
            return (desk.retired.compactMap(\.route), Change(begun: begun, all: routes, isReload: true))
        }
        for route in retired { route.retire(for: routes.first { $0.name == route.name }) }
        feed.yield(change)
    }
}
