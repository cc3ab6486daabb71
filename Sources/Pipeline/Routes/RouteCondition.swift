// SPDX-License-Identifier: Apache-2.0
import Arrivals
import BatchProcessing
import ConversionProtocol
import DashboardModel
import FileAccess
import Spooling

/// Whether a route works; when it does not, why, and what to do about it: the same for the terminal and the page.
struct RouteCondition {
    let state: RouteState
    let reason: String?
    let remedy: String?

    init(of route: Route, _ pauses: [Pause]) {
        let feed = route.feed.status
        guard feed.rootPresent else {
            (state, reason, remedy) = (.down, "the inbox is not there", "put the folder or its mount back: the route goes on by itself")
            return
        }
        guard route.spool.hasInbox, route.spool.hasOutbox else {
            let what = route.spool.hasInbox ? "outbox" : "inbox"
            (state, reason) = (.down, "the \(what) was removed or replaced")
            remedy = route.spool.isMadeAnew
                ? "nothing: the folder that stands there now is taken up with the next file"
                : "put the folder or its mount back: the route goes on by itself; or, if what stands there now is right, run \"intray reload\" or start anew"
            return
        }
        let pause = pauses.first { $0.group == route.name } ?? pauses.first { $0.group == nil }
        switch pause?.reason {
        case .environment(let error): (state, reason, remedy) = (.paused, error.reason, error.code.advice)
        case .asked: (state, reason, remedy) = (.paused, "an operator has paused it", "resume it when it may go on: intray resume \(route.name)")
        case nil:
            if let trouble = route.counts.withLock({ $0.trouble }) {
                (state, reason, remedy) = (.degraded, trouble, "mend what the reason says: it is tried again every few seconds")
            } else if let hidden = feed.firstUnreadable {
                state = .degraded
                reason = "\(hidden)\(feed.unreadable > 1 ? ", and \(feed.unreadable - 1) more like that" : ""); what lies there is passed over"
                remedy = "let user \(UserName.own) read and enter such folders: they are looked into with the next scan, or at once with \"intray rescan\""
            } else {
                (state, reason, remedy) = (.up, nil, nil)
            }
        }
    }
}
