// SPDX-License-Identifier: Apache-2.0
import Announcements
import Control
import DashboardModel
import Hooks
import Ledger

extension HookReport {
    /// For `intray status`.
    init(_ state: HookState) {
        self.init(name: state.name, backlog: state.backlog, enabled: state.isOn)
        givenUp = state.givenUp > 0 ? state.givenUp : nil
        trouble = HookTrouble(state).map { HookTroubleReport(failures: $0.failures, reason: $0.reason, time: $0.time, next: $0.next) }
    }
}

extension HookOverview {
    /// For the page and the API.
    init(_ state: HookState) {
        self.init(name: state.name, backlog: state.backlog, isOn: state.isOn)
        givenUp = state.givenUp
        trouble = HookTrouble(state)
    }
}

extension HookTrouble {
    /// nil when the hook took the last event that it was told of.
    init?(_ state: HookState) {
        guard state.standing.failures > 0 else { return nil }
        self.init(failures: state.standing.failures, reason: state.standing.reason ?? "", time: Event.text(of: state.standing.failed ?? 0))
        next = state.next.map { Event.text(of: $0) }
    }
}
