// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import HeapModule

extension BatchState {
    mutating func pause(_ name: String?, _ actions: inout [Action]) {
        if let name {
            guard groups[name, default: JobGroup(wait: rules.retry.firstProbe)].isPaused == false else { return }
            groups[name, default: JobGroup(wait: rules.retry.firstProbe)].isPaused = true
        } else {
            guard !isPaused else { return }
            isPaused = true
        }
        actions.append(.changed(.paused(group: name, .asked)))
    }

    mutating func resume(_ name: String?, _ actions: inout [Action]) {
        if name == nil && isPaused {
            isPaused = false
            actions.append(.changed(.resumed(group: nil)))
        }
        for each in groups.keys.sorted() where name == nil || name == each {
            guard var group = groups[each], group.isPaused || group.outage != nil || group.isOnTrial else { continue }
            group.isPaused = false
            group.outage = nil
            group.isOnTrial = false
            group.wait = rules.retry.firstProbe
            groups[each] = group
            actions.append(.changed(.resumed(group: each)))
        }
    }

    var pauses: [Pause] {
        var pauses = isPaused ? [Pause(group: nil, reason: .asked)] : []
        for (name, group) in groups.sorted(by: { $0.key < $1.key }) {
            if group.isPaused { pauses.append(Pause(group: name, reason: .asked)) }
            if let outage = group.outage { pauses.append(Pause(group: name, reason: .environment(outage.error))) }
        }
        return pauses
    }

    mutating func cancel(_ key: JobKey, _ now: Instant, _ actions: inout [Action]) {
        guard let record = records[key] else { return }
        switch record.phase {
        case .queued, .delayed: settle(key, .cancelled, next: .gone, now, &actions)
        case .reading, .ready, .working, .worked, .writing: tell(key, .cancelled, now, &actions)
        case .settling: if record.stop != .interrupted { records[key]?.stop = .cancelled }
        case .kept: break
        }
    }

    /// Nothing is started any more; what has a worker goes on, what was only read ahead is given back.
    mutating func stop(_ now: Instant, _ actions: inout [Action]) {
        takesMore = false
        isStopping = true
        for key in records.keys.sorted() {
            switch records[key]?.phase {
            case .queued, .delayed: settle(key, .interrupted, next: .gone, now, &actions)
            case .reading, .ready: tell(key, .interrupted, now, &actions)
            case .working, .worked, .writing, .settling, .kept, nil: continue
            }
        }
    }

    mutating func interrupt(_ now: Instant, _ actions: inout [Action]) {
        stop(now, &actions)
        for key in records.keys.sorted() where records[key]?.isActive == true { tell(key, .interrupted, now, &actions) }
    }

    /// Tells a running attempt to stop, and allows it the grace to do so. What is being written is never broken off.
    private mutating func tell(_ key: JobKey, _ stop: JobRecord.Stop, _ now: Instant, _ actions: inout [Action]) {
        guard var record = records[key], record.stop == nil, record.phase != .writing else { return }
        record.stop = stop
        record.deadline = now + rules.grace
        records[key] = record
        actions.append(.cancel(key))
        wake(at: now + rules.grace, &actions)
    }

    mutating func retry(_ key: JobKey, _ now: Instant) {
        guard let record = records[key] else { return }
        switch record.phase {
        case .delayed: break
        case .kept:
            guard takesMore || held > 0 else { return }
            kept.removeAll { $0 == key }
            held += 1
            groups[record.ticket.group]?.held += 1
            tally.reopened(record.ticket.bytes)
        case .queued, .reading, .ready, .working, .worked, .writing, .settling: return
        }
        records[key]?.attempts = 0
        records[key]?.readAgains = 0
        records[key]?.mustBeAlone = false
        enqueue(key)
    }

    func mayRetry(_ key: JobKey) -> Bool {
        switch records[key]?.phase {
        case .delayed: true
        case .kept: !isStopping && (takesMore || held > 0)
        case .queued, .reading, .ready, .working, .worked, .writing, .settling, nil: false
        }
    }

    mutating func move(_ key: JobKey, to priority: Priority) {
        guard let record = records[key], record.ticket.priority != priority else { return }
        records[key]?.ticket.priority = priority
        if record.phase == .queued { enqueue(key) }
    }

    mutating func tick(_ now: Instant, _ actions: inout [Action]) {
        guard let armed, armed <= now else { return }
        self.armed = nil
        while let entry = delayed.min, entry.due <= now {
            delayed.removeMin()
            guard let record = records[entry.key], record.stamp == entry.stamp, case .delayed = record.phase else { continue }
            enqueue(entry.key)
        }
        for key in records.keys.sorted() {
            guard let record = records[key], record.isActive, let deadline = record.deadline, deadline <= now else { continue }
            if record.stop == nil { tell(key, .timeout, now, &actions) } else { abandon(key, now, &actions) }
        }
        look(now, &actions)
        if let next = nextDue { wake(at: next, &actions) }
    }

    private var nextDue: Instant? {
        let deadlines = records.values.lazy.filter(\.isActive).compactMap(\.deadline)
        let looks = groups.values.lazy.compactMap { $0.outage?.look }
        return [delayed.min?.due, deadlines.min(), looks.min()].lazy.compactMap(\.self).min()
    }
}
