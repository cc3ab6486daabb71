// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import DashboardModel
import FileAccess
import Ledger
import SystemPackage

extension ServedIntake {
    func jobs(_ filter: JobFilter) async throws -> JobPage {
        var query = PageQuery()
        query.state = filter.state?.rawValue
        query.code = filter.code
        query.route = filter.route
        query.name = filter.name
        query.before = filter.cursor
        query.limit = filter.limit
        if let cursor = filter.cursor, JobID(cursor) == nil { throw Refusal(.invalid, "cannot read \"cursor\": it is not one that a page gave") }
        query.from = try filter.since.map { try JobTimes.lowest(at: JobTimes.moment($0, "since", endOfDay: false)) }
        query.below = try filter.until.map { try JobTimes.lowest(at: JobTimes.moment($0, "until", endOfDay: true)) }
        let found = try intake.ledger.page(query)
        var page = JobPage()
        page.jobs = found.rows.map(item)
        page.next = found.next
        if found.isCutShort, let next = found.next.flatMap({ JobID($0) }) { page.searchedBackTo = Event.text(of: next.milliseconds) }
        let states = try counts.counts().states
        page.counts = JobState.allCases.map { StateCount(state: $0, count: min(states[$0.rawValue] ?? 0, CountMemory.most), isMore: (states[$0.rawValue] ?? 0) > CountMemory.most) }
        return page
    }

    func item(_ row: JobRow) -> JobItem {
        var item = JobItem(
            job: row.job, route: row.route, path: row.path.escaped, name: row.path.lastComponent.map { FilePath(root: nil, [$0]).escaped } ?? "",
            state: JobState(rawValue: row.state) ?? .claimed)
        item.code = row.code
        item.reason = row.reason
        item.attempts = row.attempts
        item.size = row.size
        item.began = Event.text(of: JobID(row.job)?.milliseconds ?? row.updated)
        item.updated = Event.text(of: row.updated)
        item.milliseconds = row.milliseconds
        item.outputs = row.outputs
        item.losses = row.losses
        item.due = row.due.map { Event.text(of: $0) }
        switch item.state {
        case .failed: item.actions = [.retry, .dismiss]
        case .cancelled, .dismissed: item.actions = [.retry]
        case .claimed, .waiting: item.actions = [.cancel, .priority]
        case .done, .skipped, .retried: item.actions = []
        }
        return item
    }

    func events(_ filter: EventFilter) async throws -> EventPage {
        var page = EventPage()
        guard let after = filter.after else {
            // The newest of its kind: with a filter, as far back as is looked.
            let isPlain = filter.type == nil && filter.route == nil && filter.job == nil
            let lines = try EventLog.last(isPlain ? filter.limit : Self.lookedBack, at: log)
            page.last = lines.last.flatMap { EventLog.event(of: $0)?.seq } ?? 0
            for line in lines.reversed() where page.events.count < filter.limit {
                if let item = EventItem(line: line), filter.admits(item) { page.events.append(item) }
            }
            page.events.reverse()
            return page
        }
        page.last = after
        var looked = 0
        try EventLog.lines(after: after, at: log) { number, line in
            page.last = number
            looked += 1
            if let item = EventItem(line: line), filter.admits(item) { page.events.append(item) }
            return page.events.count < filter.limit && looked < 100_000
        }
        return page
    }

    private static let lookedBack = 5_000
}

extension EventItem {
    init?(line: [UInt8]) {
        guard let event = EventLog.event(of: line) else { return nil }
        self.init(event, line: line)
    }

    init(_ event: Event, line: [UInt8]) {
        self.init(seq: event.seq, time: event.time, type: event.type.rawValue, detail: event.detail, json: String(decoding: line, as: UTF8.self))
        route = event.route
        job = event.job?.text
        path = event.path
    }
}

/// Moments as names of jobs, which begin with theirs.
enum JobTimes {
    /// No job that began at or after the moment has a lower name.
    static func lowest(at milliseconds: UInt64) -> String { String(JobID(milliseconds: milliseconds).text.prefix(10)) }

    /// `2026-03-12`, `2026-03-12T07:10:00Z`, with or without fractions; universal time. A day counts in full.
    static func moment(_ text: String, _ key: String, endOfDay: Bool, fractions: Bool = false) throws(Refusal) -> UInt64 {
        let wrong = Refusal(.invalid, "cannot read \"\(key)\": expected a day such as 2026-03-12, or a moment such as 2026-03-12T07:10:00Z")
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) throws(Refusal) -> Int {
            guard bytes.count >= range.upperBound, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(String(decoding: bytes[range], as: UTF8.self)) else { throw wrong }
            return number
        }
        guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { throw wrong }
        let (year, month, day) = (try number(0..<4), try number(5..<7), try number(8..<10))
        guard year >= 1970, (1...12).contains(month), (1...31).contains(day) else { throw wrong }
        // Days from 1970, by eras of 400 years that begin in March.
        let y = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let era = y / 400, yearOfEra = y % 400
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        var milliseconds = days * 86_400_000
        if bytes.count == 10 { return UInt64(milliseconds + (endOfDay ? 86_400_000 : 0)) }
        guard bytes.count >= 17, bytes[10] == 0x54 || bytes[10] == 0x74, bytes[13] == 0x3A else { throw wrong }
        let (hour, minute) = (try number(11..<13), try number(14..<16))
        var rest = bytes[16...]
        var second = 0, thousandths = 0
        if rest.first == 0x3A {
            second = try number(17..<19)
            rest = bytes[19...]
            if fractions, rest.first == 0x2E { thousandths = try number(20..<23) }
            if rest.first == 0x2E { rest = rest.dropFirst().drop { (0x30...0x39).contains($0) } }
        }
        guard hour < 24, minute < 60, second <= 60, rest.elementsEqual([0x5A]) || rest.elementsEqual([0x7A]) else { throw wrong }
        milliseconds += ((hour * 60 + minute) * 60 + second) * 1_000 + thousandths
        return UInt64(milliseconds)
    }
}
