// SPDX-License-Identifier: Apache-2.0
import Announcements
import FoundationEssentials
import Ledger
import Settings
import SystemPackage

/// What of the event log is for which hook: finds what was logged and not yet noted for delivery.
struct HookLog {
    let path: FilePath
    let ledger: Ledger

    /// Notes everything that stands in the log and is still to be delivered. Returns the number of the last line.
    func catchUp(_ hooks: [HookSettings]) throws -> Int64 {
        let end = try EventLog.lastSeq(at: path)
        for hook in hooks {
            if let cursor = try ledger.cursor(ofHook: hook.name) {
                try enqueue(after: cursor, for: hook)
            } else {
                try rebuild(hook)
            }
            try ledger.enqueueNow([], cursors: [hook.name: end])
        }
        return end
    }

    private func enqueue(after cursor: Int64, for hook: HookSettings) throws {
        var rows: [DeliveryRow] = []
        var last = cursor
        try EventLog.lines(after: cursor, at: path) { number, line in
            last = number
            if let event = EventLog.event(of: line), hook.wants(event) { rows.append(DeliveryRow(hook: hook.name, event, line)) }
            if rows.count >= Self.page {
                try ledger.enqueueNow(rows, cursors: [hook.name: number])
                rows = []
            }
            return true
        }
        try ledger.enqueueNow(rows, cursors: [hook.name: last])
    }

    /// For a hook that the ledger does not know: a new one has nothing to get. One that has left traces in the log has lost
    /// its ledger; it gets again what it was begun with and not seen to take, and what came since its first trace.
    private func rebuild(_ hook: HookSettings) throws {
        var isKnown = false
        var open: [String: DeliveryRow] = [:]
        var early: [String: DeliveryRow] = [:]
        try EventLog.lines(after: 0, at: path) { _, line in
            guard let event = EventLog.event(of: line) else { return true }
            if event.details?["hook"] == hook.name {
                isKnown = true
                guard let id = event.details?["event_id"] else { return true }
                if let row = early.removeValue(forKey: id) { open[id] = row }
                if event.type == .hookDone || event.details?["final"] != nil { open[id] = nil }
            } else if hook.wants(event) {
                let row = DeliveryRow(hook: hook.name, event, line)
                if isKnown { open[event.eventID] = row } else { early[event.eventID] = row }
                // Long before its first trace it was no hook of ours.
                if early.count > Self.mostEarly { early = [:] }
            }
            return true
        }
        try ledger.enqueueNow(open.values.sorted { $0.seq < $1.seq }, cursors: [:])
    }

    private static let page = 500
    private static let mostEarly = 10_000
}

extension HookSettings {
    /// Whether the event is one of those that the hook is told of, after the fact.
    func wants(_ event: Event) -> Bool {
        !isGate && events.contains(event.type) && (routes.isEmpty || event.route.map(routes.contains) ?? true) && !event.type.isOfHook
    }
}

extension DeliveryRow {
    init(hook: String, _ event: Event, _ line: [UInt8]) { self.init(hook: hook, seq: event.seq, route: event.route ?? "", line: line) }
}
