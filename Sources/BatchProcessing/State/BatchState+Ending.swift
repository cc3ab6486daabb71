// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DequeModule
import FileAccess
import HeapModule

extension BatchState {
    mutating func ended(_ key: JobKey, _ run: Int, _ error: ConversionError?, _ now: Instant, _ actions: inout [Action]) {
        guard let record = records[key], record.run == run, record.isActive else { return }
        release(key)
        guard var error else {
            noteRecovery(of: record.ticket.group, &actions)
            return settle(key, .done, next: .gone, now, &actions)
        }
        switch record.stop {
        case .cancelled: return settle(key, .cancelled, next: .gone, now, &actions)
        case .interrupted: return settle(key, .interrupted, next: .gone, now, &actions)
        case .timeout:
            if error.remedy == .cancelled { error = ConversionError(.timeoutWall, "took longer than \(rules.timeout ?? .zero)") }
        case nil: break
        }
        switch error.remedy {
        case .reject: fail(key, error, now, &actions)
        case .cancelled: settle(key, .cancelled, next: .gone, now, &actions)
        case .retry: retryLater(key, error, now, &actions)
        case .retryAlone: retryAlone(key, error, now, &actions)
        case .readAgain: readAgain(key, error, now, &actions)
        case .environment:
            records[key]?.attempts -= 1
            beginOutage(of: record.ticket.group, error, now, &actions)
            postpone(key, error, delay: nil, now, &actions)
        }
    }

    /// Leaves an attempt to itself that did not stop when told: it may still do its work, so it is never run again by itself.
    mutating func abandon(_ key: JobKey, _ now: Instant, _ actions: inout [Action]) {
        guard let record = records[key] else { return }
        release(key)
        records[key]?.run += 1
        switch record.stop {
        case .cancelled: settle(key, .cancelled, next: .gone, now, &actions)
        case .interrupted: settle(key, .interrupted, next: .gone, now, &actions)
        case .timeout, nil:
            fail(key, ConversionError(.timeoutWall, "took longer than \(rules.timeout ?? .zero) and did not stop when told", remedy: .reject), now, &actions)
        }
    }

    private mutating func retryLater(_ key: JobKey, _ error: ConversionError, _ now: Instant, _ actions: inout [Action]) {
        guard let record = records[key], record.attempts < policy(of: record).attempts else { return fail(key, error, now, &actions) }
        let delay = policy(of: record).delay(after: record.attempts, random: Double.random(in: 0...1, using: &random))
        postpone(key, error, delay: delay, now, &actions)
    }

    private mutating func retryAlone(_ key: JobKey, _ error: ConversionError, _ now: Instant, _ actions: inout [Action]) {
        guard let record = records[key], !record.isAlone, record.attempts < policy(of: record).attempts else {
            return fail(key, error, now, &actions)
        }
        records[key]?.mustBeAlone = true
        postpone(key, error, delay: nil, now, &actions)
    }

    private mutating func readAgain(_ key: JobKey, _ error: ConversionError, _ now: Instant, _ actions: inout [Action]) {
        guard var record = records[key] else { return }
        record.readAgains += 1
        let isUnstable = record.readAgains > policy(of: record).readAgains
        if !isUnstable { record.attempts -= 1 }
        records[key] = record
        if isUnstable {
            fail(key, ConversionError(.unstable, "changed each of \(record.readAgains) times it was read"), now, &actions)
        } else {
            postpone(key, error, delay: policy(of: record).readAgainDelay, now, &actions)
        }
    }

    private func policy(of record: JobRecord) -> RetryPolicy { record.ticket.retry ?? rules.retry }

    private mutating func fail(_ key: JobKey, _ error: ConversionError, _ now: Instant, _ actions: inout [Action]) {
        settle(key, .failed(error), next: rules.keptFailures > 0 ? .kept : .gone, now, &actions)
    }

    private mutating func postpone(_ key: JobKey, _ error: ConversionError, delay: Duration?, _ now: Instant, _ actions: inout [Action]) {
        if isStopping { return settle(key, .interrupted, next: .gone, now, &actions) }
        let next = delay.map { JobRecord.Next.delay(until: now + $0) } ?? .queue
        settle(key, .postponed(error, delay: delay ?? .zero), next: next, now, &actions)
    }

    mutating func settle(_ key: JobKey, _ settlement: Settlement, next: JobRecord.Next, _ now: Instant, _ actions: inout [Action]) {
        guard var record = records[key] else { return }
        record.phase = .settling(next)
        record.deadline = nil
        records[key] = record
        tally.ended(settlement, bytes: record.ticket.bytes, now)
        actions.append(.settle(key, settlement))
    }

    mutating func settled(_ key: JobKey, _ now: Instant, _ actions: inout [Action]) {
        guard let record = records[key], case .settling(let next) = record.phase else { return }
        switch next {
        case .gone:
            held -= 1
            groups[record.ticket.group]?.held -= 1
            forget(key, &actions)
        case .kept:
            held -= 1
            groups[record.ticket.group]?.held -= 1
            records[key]?.phase = .kept
            kept.append(key)
            while kept.count > rules.keptFailures, let oldest = kept.popFirst() { forget(oldest, &actions) }
        case .queue, .delay:
            // Stopped, cancelled in the meantime: nothing is run again.
            if let stop = record.stop, stop != .timeout {
                return settle(key, stop == .cancelled ? .cancelled : .interrupted, next: .gone, now, &actions)
            }
            if isStopping { return settle(key, .interrupted, next: .gone, now, &actions) }
            guard case .delay(let due) = next else { return enqueue(key) }
            delay(key, until: due, &actions)
        }
    }

    mutating func delay(_ key: JobKey, until due: Instant, _ actions: inout [Action]) {
        guard var record = records[key] else { return }
        record.phase = .delayed(until: due)
        record.stamp &+= 1
        records[key] = record
        delayed.insert(DelayedEntry(due: due, key: key, stamp: record.stamp))
        wake(at: due, &actions)
    }

    private mutating func forget(_ key: JobKey, _ actions: inout [Action]) {
        records[key] = nil
        actions.append(.forget(key))
    }

    /// Gives back the places of a job that no longer runs.
    private mutating func release(_ key: JobKey) {
        guard let record = records[key] else { return }
        switch record.phase {
        case .reading: reading -= 1
        case .ready:
            reading -= 1
            ready.removeAll { $0 == key }
        case .working:
            working -= 1
            groups[record.ticket.group]?.working -= 1
        case .worked: worked.removeAll { $0 == key }
        case .writing: writing -= 1
        case .queued, .delayed, .settling, .kept: return
        }
        active -= 1
        activeBytes -= record.ticket.bytes
        if record.isAlone { isAloneActive = false }
        groups[record.ticket.group]?.active -= 1
        if record.isUnderway { groups[record.ticket.group]?.underway -= 1 }
    }
}
