// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import DashboardModel
import FileAccess
import SystemPackage

extension ServedIntake {
    func follow(_ filter: EventFilter, atMost perSecond: Int?) -> AsyncStream<EventItem> {
        let following = Following(filter, perSecond: perSecond, bus: intake.bus, log: log)
        return AsyncStream { await following.next() }
    }
}

/// One listener's way through the events: from the log up to now, then live; what was told too fast is read from the log.
private actor Following {
    private let filter: EventFilter
    private let perSecond: Int?
    private let log: FilePath
    private var live: AsyncStream<Event>.Iterator
    private var ready: ArraySlice<EventItem> = []
    private var last: Int64
    /// Where the log is to be read from before live events count again.
    private var behind: Int64?
    private var second = Instant.now
    private var told = 0

    init(_ filter: EventFilter, perSecond: Int?, bus: EventBus, log: FilePath) {
        self.filter = filter
        self.perSecond = perSecond
        self.log = log
        // Listening begins before the log is read: nothing falls between the two.
        live = bus.subscribe(bufferingNewest: 1_000).makeAsyncIterator()
        last = bus.lastSeq
        behind = filter.after
        if let after = filter.after { last = max(after, 0) }
    }

    func next() async -> EventItem? {
        while true {
            if let item = ready.popFirst() {
                if allows() { return item }
                continue
            }
            if let from = behind { catchUp(from) } else {
                guard let event = await nextLive() else { return nil }
                guard event.seq > last else { continue }
                if event.seq > last + 1, perSecond == nil {
                    behind = last
                    continue
                }
                last = event.seq
                if admits(event), allows(), let line = try? event.line() { return EventItem(event, line: line) }
            }
        }
    }

    private func nextLive() async -> Event? {
        var iterator = live
        let event = await iterator.next(isolation: self)
        live = iterator
        return event
    }

    /// Reads the next page of the log; a log that cannot be read is as good as one without news.
    private func catchUp(_ from: Int64) {
        var items: [EventItem] = []
        var end = from
        try? EventLog.lines(after: from, at: log) { number, line in
            end = number
            if let item = EventItem(line: line), filter.admits(item) { items.append(item) }
            return items.count < 500
        }
        ready = items[...]
        last = max(last, end)
        behind = end > from ? end : nil
    }

    private func admits(_ event: Event) -> Bool { filter.admits(type: event.type.rawValue, route: event.route, job: event.job?.text) }

    private func allows() -> Bool {
        guard let perSecond else { return true }
        if Instant.now.since(second) > .seconds(1) {
            second = .now
            told = 0
        }
        told += 1
        return told <= perSecond
    }
}
