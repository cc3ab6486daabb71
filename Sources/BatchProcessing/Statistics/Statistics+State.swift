// SPDX-License-Identifier: Apache-2.0
import FileAccess

extension BatchState {
    func statistics(_ now: Instant) -> Statistics {
        var s = Statistics()
        s.total = max(tally.total, tally.expectedJobs)
        s.running = active
        for record in records.values {
            switch record.phase {
            case .queued: s.queued += 1
            case .delayed: s.delayed += 1
            case .reading, .ready, .working, .worked, .writing, .settling, .kept: continue
            }
        }
        s.done = tally.done
        s.failed = tally.failed
        s.cancelled = tally.cancelled
        s.interrupted = tally.interrupted
        s.retries = tally.retries
        s.bytesDone = tally.bytesDone
        s.bytesTotal = max(tally.bytesTotal, tally.expectedBytes)
        if s.done + s.failed > 0 { s.successRate = Double(s.done) / Double(s.done + s.failed) }

        let recent = tally.recent(now)
        s.jobsPerSecond = Double(recent.jobs) / recent.seconds
        s.bytesPerSecond = Double(recent.bytes) / recent.seconds

        let ended = s.done + s.failed + s.cancelled + s.interrupted
        let endedWeight = Self.weight(ended, tally.bytesEnded)
        let weight = max(Self.weight(s.total, s.bytesTotal), endedWeight)
        s.progress = weight > 0 ? endedWeight / weight : 0
        let pace = Self.weight(recent.jobs, recent.bytes) / recent.seconds
        if weight == endedWeight { s.remaining = .zero } else if pace > 0 { s.remaining = .seconds((weight - endedWeight) / pace) }
        return s
    }

    var groupCounts: [String: GroupCounts] {
        var counts: [String: GroupCounts] = [:]
        for record in records.values {
            switch record.phase {
            case .queued: counts[record.ticket.group, default: GroupCounts()].queued += 1
            case .delayed: counts[record.ticket.group, default: GroupCounts()].delayed += 1
            case .reading, .ready, .working, .worked, .writing, .settling: counts[record.ticket.group, default: GroupCounts()].running += 1
            case .kept: continue
            }
        }
        return counts
    }

    private static func weight(_ jobs: Int, _ bytes: UInt64) -> Double {
        Double(jobs) * Double(Tally.perJob) + Double(bytes)
    }
}
