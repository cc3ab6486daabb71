// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DequeModule
import FileAccess

extension BatchState {
    mutating func submit(_ ticket: Ticket, _ now: Instant) {
        let key = nextKey
        nextKey += 1
        held += 1
        tally.submitted(ticket.bytes)
        let record = JobRecord(ticket: ticket, attempts: ticket.attemptsBefore, submitted: now)
        records[key] = record
        groups[ticket.group, default: JobGroup(wait: rules.retry.firstProbe)].queue.insert(key, record)
    }

    mutating func wantsWork(_ key: JobKey, _ run: Int) {
        guard var record = records[key], record.run == run, record.phase == .reading else { return }
        record.phase = .ready
        if record.stop == nil { record.deadline = nil }
        ready.append(key)
        records[key] = record
    }

    mutating func wantsWrite(_ key: JobKey, _ run: Int) {
        guard var record = records[key], record.run == run, record.phase == .working else { return }
        record.phase = .worked
        if record.stop == nil { record.deadline = nil }
        working -= 1
        worked.append(key)
        records[key] = record
    }

    /// Gives free places away: writes first, then work, then starts, so that what is begun ends before more is begun.
    mutating func startWhatMay(_ now: Instant, _ actions: inout [Action]) {
        while writing < limits.write ?? .max, let key = worked.popFirst() {
            writing += 1
            records[key]?.phase = .writing
            records[key]?.deadline = nil
            actions.append(.proceed(key))
        }
        while working < limits.work, worked.count < limits.work, let at = firstReady() {
            let key = ready.remove(at: at)
            reading -= 1
            working += 1
            records[key]?.phase = .working
            setDeadline(of: key, now, &actions)
            actions.append(.proceed(key))
        }
        while limits.read.map({ reading < $0 }) ?? (working < limits.work), let key = takeNext() {
            start(key, now, &actions)
        }
    }

    private mutating func start(_ key: JobKey, _ now: Instant, _ actions: inout [Action]) {
        guard var record = records[key] else { return }
        if record.run > 0 { tally.retries += 1 }
        tally.started(now)
        record.run += 1
        record.attempts += 1
        record.isAlone = record.mustBeAlone
        record.stop = nil
        record.firstStart = record.firstStart ?? now
        record.start = now
        record.phase = limits.read == nil ? .working : .reading
        if limits.read == nil { working += 1 } else { reading += 1 }
        active += 1
        activeBytes += record.ticket.bytes
        if record.isAlone { isAloneActive = true }
        groups[record.ticket.group]?.active += 1
        records[key] = record
        setDeadline(of: key, now, &actions)
        actions.append(.start(key, run: record.run, attempt: record.attempts, isAlone: record.isAlone))
    }

    private mutating func setDeadline(of key: JobKey, _ now: Instant, _ actions: inout [Action]) {
        guard let timeout = rules.timeout, records[key]?.stop == nil else { return }
        records[key]?.deadline = now + timeout
        wake(at: now + timeout, &actions)
    }

    /// The oldest job of the highest priority among those that have been read.
    private func firstReady() -> Int? {
        ready.indices.min { a, b in
            guard let first = records[ready[a]]?.ticket.priority, let second = records[ready[b]]?.ticket.priority else { return false }
            return (second, ready[a]) < (first, ready[b])
        }
    }

    /// Takes the job that goes next out of its queue, if there is one and there is room for it.
    private mutating func takeNext() -> JobKey? {
        guard !isPaused, !isStopping, !(isAloneActive && rules.alone == .processor) else { return nil }
        var best: (head: JobQueue.Head, group: String)?
        for name in groups.keys {
            guard groups[name]?.mayStart == true, let head = head(of: name) else { continue }
            if best.map({ head.goesBefore($0.head) }) ?? true { best = (head, name) }
        }
        guard let best, let record = records[best.head.key] else { return nil }
        if best.head.isAlone && rules.alone == .processor && active > 0 { return nil }
        guard active == 0 || activeBytes + record.ticket.bytes <= rules.bytesInFlight else { return nil }
        groups[best.group]?.queue.remove(best.head)
        return best.head.key
    }

    private mutating func head(of group: String) -> JobQueue.Head? {
        let records = records
        return groups[group]?.queue.head(alone: !isAloneActive) { entry in
            guard let record = records[entry.key] else { return false }
            return record.phase == .queued && record.stamp == entry.stamp
        }
    }

    /// Puts a job back where its age and priority belong.
    mutating func enqueue(_ key: JobKey) {
        guard var record = records[key] else { return }
        record.phase = .queued
        record.stamp &+= 1
        records[key] = record
        groups[record.ticket.group]?.queue.insert(key, record)
    }

    mutating func wake(at due: Instant, _ actions: inout [Action]) {
        if let armed, armed <= due { return }
        armed = due
        actions.append(.wake(due))
    }
}
