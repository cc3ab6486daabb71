// SPDX-License-Identifier: Apache-2.0
import Announcements
import Settings
import Spooling
import Synchronization

/// Takes up an inbox or an outbox that somebody has made anew: another route with the same settings takes the place of the
/// one that holds the folder which has gone.
struct RouteRenewal: Sendable {
    let table: RouteTable
    let bus: EventBus
    let makeRoute: @Sendable (RouteSettings, _ predecessor: Route?) throws -> Route

    /// Whether the route has another in its place now; false when its folders are in their places, or none is there that may be
    /// taken up unasked.
    func renew(_ route: Route) -> Bool {
        table.changing.withLock { _ in
            guard table.isAttended, route.spool.isMadeAnew, table.routes.contains(where: { $0 === route }) else { return false }
            // Where a folder cannot be used, the route stays as it is, and says that its own is missing.
            guard let new = try? makeRoute(route.settings, route) else { return false }
            table.replace(with: table.configuration, table.routes.map { $0 === route ? new : $0 })
            var event = Event(.routeUp, route: route.name)
            event.reason = "an inbox or outbox that was made anew is taken up"
            bus.post(event)
            return true
        }
    }
}
