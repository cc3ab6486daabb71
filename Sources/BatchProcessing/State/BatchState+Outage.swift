// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess

extension BatchState {
    /// The environment failed a job: nothing of its group starts until somebody has looked.
    mutating func beginOutage(of name: String, _ error: ConversionError, _ now: Instant, _ actions: inout [Action]) {
        guard var group = groups[name], group.outage == nil else { return }
        let look = now + nextWait(&group)
        group.outage = .init(error: error, look: look)
        if !group.isOnTrial { actions.append(.changed(.paused(group: name, .environment(error)))) }
        groups[name] = group
        wake(at: look, &actions)
    }

    mutating func probed(_ name: String, _ isOver: Bool, _ now: Instant, _ actions: inout [Action]) {
        guard var group = groups[name], let outage = group.outage, outage.look == nil else { return }
        if isOver {
            group.outage = nil
            groups[name] = group
            actions.append(.changed(.resumed(group: name)))
        } else {
            let look = now + nextWait(&group)
            group.outage?.look = look
            groups[name] = group
            wake(at: look, &actions)
        }
    }

    /// Time to look: ask, or let one job try.
    mutating func look(_ now: Instant, _ actions: inout [Action]) {
        for name in groups.keys.sorted() {
            guard let look = groups[name]?.outage?.look, look <= now else { continue }
            if rules.hasProbe {
                groups[name]?.outage?.look = nil
                actions.append(.probe(name))
            } else {
                groups[name]?.outage = nil
                groups[name]?.isOnTrial = true
            }
        }
    }

    /// Looks now, not when it was meant to, and begins the waits anew.
    mutating func lookAgain(at name: String, _ now: Instant, _ actions: inout [Action]) {
        guard groups[name]?.outage != nil else { return }
        groups[name]?.wait = rules.retry.firstProbe
        // Somebody looks already; the next look is soon.
        guard groups[name]?.outage?.look != nil else { return }
        groups[name]?.outage?.look = now
        look(now, &actions)
    }

    /// A job of the group has succeeded.
    mutating func noteRecovery(of name: String, _ actions: inout [Action]) {
        guard var group = groups[name], group.outage == nil else { return }
        if group.isOnTrial { actions.append(.changed(.resumed(group: name))) }
        group.wait = rules.retry.firstProbe
        group.isOnTrial = false
        groups[name] = group
    }

    private func nextWait(_ group: inout JobGroup) -> Duration {
        let wait = group.wait
        group.wait = min(wait * 2, rules.retry.longestProbe)
        return wait
    }
}
