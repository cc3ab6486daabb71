// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Hooks
import Spooling
import Synchronization

/// Asks a route's gate hooks about each claimed file, and holds a route back whose required hook is behind.
struct Gatekeeper: Sendable {
    let hooks: HookFeed
    let route: @Sendable (String) -> Route?

    /// - Throws: an environment error while the backlog is too long.
    func checkBacklog(of route: Route) throws {
        guard let hook = hooks.congestion(of: route.name) else { return }
        throw ConversionError(.hookBacklog, "hook \"\(hook)\" is behind")
    }

    /// nil: it is to be converted.
    func pass(_ work: FileWork, _ claim: Claim) async throws -> FileOutcome? {
        guard hooks.hasGates(work.route.name), !work.state.withLock({ $0.hasPassed }) else { return nil }
        var event = Event(.jobClaimed, route: work.route.name, job: claim.job, path: claim.path)
        event.eventID = "\(claim.job).\(EventType.jobClaimed.rawValue)"
        event.size = claim.identity.size
        event.origin = claim.origin
        event.attempt = claim.attempt + 1
        event.place(work.route.spool.original(of: claim))
        switch await hooks.pass(event) {
        case .through:
            work.state.withLock { $0.hasPassed = true }
            return nil
        case .skip(let reason): return .skipped(claim, reason: reason)
        case .fail(let reason): throw ConversionError(.veto, reason)
        case .broken(let reason): throw ConversionError(.hook, reason)
        case .route(let name):
            guard let other = route(name), other !== work.route else { throw ConversionError(.hook, "a gate named route \"\(name)\", which cannot take it") }
            guard !work.route.spool.layout.leavesFiles else { throw ConversionError(.hook, "a gate gave it to \"\(name)\", but this route's files stay where they are") }
            return .routed(claim, to: other)
        }
    }
}
