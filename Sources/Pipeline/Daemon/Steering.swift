// SPDX-License-Identifier: Apache-2.0
import Arrivals
import BatchProcessing
import DashboardModel
import FileAccess
import Quantities
import Settings

/// What an operator does to routes, or to all of them, each with a line that says what was done.
struct Steering {
    let intake: Intake

    func pause(_ route: String?) -> String {
        intake.processor.pause(route)
        let left = inWork(route)
        let rest = left == 0 ? "" : "; \(Quantity.count(left, "document")) in work \(left == 1 ? "is" : "are") finished"
        return "\(subject(route)) \(isOne(route) ? "is" : "are") paused: nothing more is taken\(rest); \"intray resume\(route.map { " \($0)" } ?? "")\" goes on"
    }

    func resume(_ route: String?) -> String {
        intake.processor.resume(route)
        let pauses = intake.processor.pauses
        let held = intake.routes.filter { route == nil || route == $0.name }.compactMap { route -> String? in
            let condition = RouteCondition(of: route, pauses)
            return condition.state == .paused || condition.state == .down ? "route \(route.name) is still \(condition.state.rawValue): \(condition.reason ?? "")" : nil
        }
        return held.isEmpty ? "\(subject(route)) \(isOne(route) ? "goes" : "go") on" : held.joined(separator: "; ")
    }

    func rescan(_ route: String?) -> String {
        let routes = intake.routes.filter { route == nil || route == $0.name }
        for route in routes { route.feed.rescan() }
        return routes.count == 1 ? "\(routes[0].settings.inbox.quoted) is looked through" : "the inboxes of \(Quantity.count(routes.count, "route")) are looked through"
    }

    /// Before it ends.
    var farewell: String {
        let left = inWork(nil)
        return left == 0 ? "the daemon ends" : "the daemon ends when \(Quantity.count(left, "document")) in work \(left == 1 ? "is" : "are") finished"
    }

    private func inWork(_ route: String?) -> Int {
        let groups = intake.processor.groupCounts
        return route.map { groups[$0]?.running ?? 0 } ?? groups.values.map(\.running).reduce(0, +)
    }

    private func isOne(_ route: String?) -> Bool { route != nil || intake.routes.count == 1 }

    private func subject(_ route: String?) -> String {
        if let route = route ?? (intake.routes.count == 1 ? intake.routes[0].name : nil) { return "route \(route)" }
        return "all \(Quantity.count(intake.routes.count, "route"))"
    }
}
