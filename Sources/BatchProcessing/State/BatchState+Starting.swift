// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DequeModule
import FileAccess

extension BatchState {
    mutating func submit(_ ticket: Ticket, _ now: Instant, _ actions: inout [Action]) {
        let key = nextKey
        nextKey += 1
        held += 1
        tally.submitted(ticket.bytes)
        let record = JobRecord(ticket: ticket, attempts: ticket.attemptsBefore, submitted: now)
        records[key] = record
        groups[ticket.group, default: JobGroup(wait: rules.retry.firstProbe)].held += 1
        if ticket.delay > .zero { delay(key, until: now + ticket.delay, &actions) } else { groups[ticket.group]?.queue.insert(key, record) }
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
        groups[record.ticket.group]?.working -= 1
        groups[record.ticket.group]?.underway -= 1
        worked.append(key)
        records[key] = record
    }

    /// Gives free places away: writes first, then work, then starts, so that what is begun ends before more is begun.
    ///
    /// Within one priority the group goes first that has the fewest at work, and a group that has none may have a spare
    /// place: a backlog of slow documents in one folder does not hold up the others.
    mutating func startWhatMay(_ now: Instant, _ actions: inout [Action]) {
        while writing < limits.write ?? .max, let key = worked.popFirst() {
            writing += 1
            records[key]?.phase = .writing
            records[key]?.deadline = nil
            actions.append(.proceed(key))
        }
        while worked.count < limits.work, let at = firstReady() {
            let key = ready.remove(at: at)
            reading -= 1
            working += 1
            if let group = records[key]?.ticket.group { groups[group]?.working += 1 }
            records[key]?.phase = .working
            setDeadline(of: key, now, &actions)
            actions.append(.proceed(key))
        }
        while let key = takeNext() { start(key, now, &actions) }
    }

    /// Whether a start finds a place: its group's, or a spare one for a group that has nothing underway.
    private func hasPlace(for group: JobGroup) -> Bool {
        let (taken, places) = limits.read.map { (reading, $0) } ?? (working, limits.work)
        return taken < places || (group.underway == 0 && taken < places + limits.spare)
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
        groups[record.ticket.group]?.underway += 1
        if limits.read == nil { groups[record.ticket.group]?.working += 1 }
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

    /// Of the jobs that have been read and find a worker's place, the one that goes first.
    private func firstReady() -> Int? {
        guard working < limits.work + limits.spare else { return nil }
        var best: (at: Int, rank: Rank)?
        for at in ready.indices {
            guard let ticket = records[ready[at]]?.ticket, let group = groups[ticket.group] else { continue }
            guard working < limits.work || group.working == 0 else { continue }
            let rank = Rank(priority: ticket.priority, atWork: group.working, key: ready[at])
            if best.map({ rank < $0.rank }) ?? true { best = (at, rank) }
        }
        return best?.at
    }

    /// Who goes first: the higher priority, then the group with less at work, then the older job.
    private struct Rank: Comparable {
        let priority: Priority
        let atWork: Int
        let key: JobKey

        static func < (a: Rank, b: Rank) -> Bool { (b.priority, a.atWork, a.key) < (a.priority, b.atWork, b.key) }
    }

    /// Takes the job that goes next out of its queue, if there is one and there is room for it.
    private mutating func takeNext() -> JobKey? {
        guard !isPaused, !isStopping, !(isAloneActive && rules.alone == .processor) else { return nil }
        var best: (head: JobQueue.Head, group: String, rank: Rank)?
        for (name, group) in groups {
            guard group.mayStart, hasPlace(for: group), let head = head(of: name) else { continue }
            let rank = Rank(priority: head.priority, atWork: group.underway, key: head.key)
            if best.map({ rank < $0.rank }) ?? true { best = (head, name, rank) }
        }
        guard let best, let record = records[best.head.key] else { return nil }
        if best.head.isAlone && rules.alone == .processor && active > 0 { return nil }
        guard active == 0 || activeBytes + record.ticket.bytes <= rules.bytesInFlight || hasSpareBytes(for: record) else { return nil }
        groups[best.group]?.queue.remove(best.head)
        return best.head.key
    }

    /// A group that has nothing underway may start one document of a moderate size beside the large ones of others.
    private func hasSpareBytes(for record: JobRecord) -> Bool {
        limits.spare > 0 && groups[record.ticket.group]?.underway == 0 && record.ticket.bytes <= rules.bytesInFlight / 8
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
