// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
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
                try enqueue(after: cursor, for: hook) { hook.wants($1) }
            } else {
                try rebuild(hook)
            }
            try ledger.enqueueNow([], cursors: [hook.name: end])
        }
        return end
    }

    /// Notes those that are wanted, some hundreds at a time. The cursor stays: until all are noted, a crash begins anew.
    private func enqueue(after seq: Int64, for hook: HookSettings, _ isWanted: (Int64, Event) -> Bool) throws {
        var rows: [DeliveryRow] = []
        try EventLog.lines(after: seq, at: path) { number, line in
            if let event = EventLog.event(of: line), isWanted(number, event) { rows.append(DeliveryRow(hook: hook.name, event, line)) }
            if rows.count >= Self.page {
                try ledger.enqueueNow(rows, cursors: [:])
                rows = []
            }
            return true
        }
        try ledger.enqueueNow(rows, cursors: [:])
    }

    /// For a hook that the ledger does not know: a new one has nothing to get. One that has left traces in the log has lost
    /// its ledger; it gets again what it was begun with and not seen to take, and what came since its first trace.
    private func rebuild(_ hook: HookSettings) throws {
        // Their numbers alone: what waits may be more than fits in memory.
        let open = try openEvents(of: hook)
        guard let first = open.min() else { return }
        try enqueue(after: first - 1, for: hook) { number, _ in open.contains(number) }
    }

    private func openEvents(of hook: HookSettings) throws -> Set<Int64> {
        var isKnown = false
        var open: [String: Int64] = [:]
        var early: [String: Int64] = [:]
        try EventLog.lines(after: 0, at: path) { number, line in
            guard let event = EventLog.event(of: line) else { return true }
            if event.details?["hook"] == hook.name {
                isKnown = true
                guard let id = event.details?["event_id"] else { return true }
                if let seq = early.removeValue(forKey: id) { open[id] = seq }
                if event.type == .hookDone || event.details?["final"] != nil { open[id] = nil }
            } else if hook.wants(event) {
                if isKnown { open[event.eventID] = number } else { early[event.eventID] = number }
                // Long before its first trace it was no hook of ours.
                if early.count > Self.mostEarly { early = [:] }
            }
            return true
        }
        return Set(open.values)
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
    init(hook: String, _ event: Event, _ line: [UInt8]) { self.init(hook: hook, seq: event.seq, route: event.route ?? "", job: event.job?.text, line: line) }
}
