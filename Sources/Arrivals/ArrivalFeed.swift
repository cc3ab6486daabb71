// SPDX-License-Identifier: Apache-2.0
package import FileAccess
import Synchronization
package import SystemPackage

/// The files of one inbox that are complete, as many as are asked for.
///
/// Events are hints; the directory is the truth, and one idempotent scan serves start-up, sweeps, lost events and the
/// periodic reconcile. Names held are bounded: a scan waits where it is while there is no room for what it finds, and what
/// there is no room for otherwise is found by a scan later.
package final class ArrivalFeed: Sendable {
    let settings: ArrivalSettings
    let rules: IgnoreRules
    let looking: Looking
    /// Whether the kernel is no help here, or nobody is wanted to ask it.
    package let isPolling: Bool
    /// Whether a watcher's hints come.
    var isWatched: Bool { desk.withLock { $0.isWatched } }
    let isKnown: @Sendable (FilePath, FileIdentity) -> Bool
    let report: @Sendable (ArrivalReport) -> Void
    let desk: Mutex<FeedDesk>
    /// Wake the task that settles and the task that scans.
    let settlerBell = Bell()
    let scannerBell = Bell()
    /// Rung when there is room for files that settle.
    let roomBell = Bell()

    package init(
        _ settings: ArrivalSettings, isKnown: @escaping @Sendable (FilePath, FileIdentity) -> Bool = { _, _ in false },
        report: @escaping @Sendable (ArrivalReport) -> Void = { _ in }
    ) throws {
        self.settings = settings
        self.isKnown = isKnown
        self.report = report
        rules = IgnoreRules(settings)
        let inbox = try InboxFolder(settings.inbox)
        looking = Looking(inbox: inbox, useLease: settings.useLease, marker: settings.marker)
        isPolling = switch settings.mode {
        case .poll: true
        case .inotify: false
        case .auto: inbox.folder.isRemote
        }
        desk = Mutex(FeedDesk(settings, settling: Settling(settings, isPolling: isPolling)))
    }

    /// The next file that is ready; nil when a sweep has no more, or the feed was closed.
    package func next() async -> Arrival? {
        await withCheckedContinuation { continuation in
            let outcome = desk.withLock { $0.take(continuation) }
            switch outcome {
            case .waits: return
            case .ended: continuation.resume(returning: nil)
            case .arrival(let arrival, let waiters):
                for waiter in waiters { waiter.resume() }
                continuation.resume(returning: arrival)
            }
        }
    }

    /// The consumer has the file already, from an earlier run; `finished` ends that, and has a look at what is there by then.
    package func hold(_ path: FilePath) {
        desk.withLock { desk in
            desk.offered.insert(path)
            desk.again.insert(path)
        }
    }

    /// The consumer is done with the file: one of that name may come again.
    package func finished(_ path: FilePath) {
        let isAgain = desk.withLock { desk in
            desk.offered.remove(path)
            return desk.again.remove(path) != nil
        }
        if isAgain { noticed(path, .closed, .event) }
    }

    package var status: FeedStatus {
        desk.withLock { desk in
            FeedStatus(
                mode: desk.isWatched ? "inotify" : "poll", settling: desk.settling.count, buffered: desk.ready.count, rootPresent: desk.isRootPresent,
                unreadable: desk.unreadable.errors.count, firstUnreadable: desk.unreadable.errors.min { $0.key.string < $1.key.string }?.value)
        }
    }

    /// Ends `next` for good.
    package func close() {
        let (consumer, waiters) = desk.withLock { desk in
            desk.isEnded = true
            defer {
                desk.consumer = nil
                desk.waiters = []
            }
            return (desk.ready.isEmpty ? desk.consumer : nil, desk.waiters)
        }
        consumer?.resume(returning: nil)
        for waiter in waiters { waiter.resume() }
    }

    /// From now on a watcher's hints come, through `take`.
    package func beginHints() { desk.withLock { $0.isWatched = true } }

    // MARK: on the way in

    /// Something happened to a file of the inbox.
    package func noticed(_ path: FilePath, _ sign: Settling.Sign, _ origin: Origin) {
        if let marker = settings.marker, marker.isMarker(path) { return noticed(marker: path, marker, origin) }
        if let rule = rules.rule(forFile: path) { return report(.ignored(path, rule: rule)) }
        let due = desk.withLock { desk -> Instant? in
            if desk.offered.contains(path) {
                desk.again.insert(path)
                return nil
            }
            guard desk.hasRoom || desk.settling.holds(path) else {
                // A scan finds it when there is room.
                desk.isSomethingLeft = true
                return nil
            }
            desk.settling.noticed(path, sign, origin, now: .now)
            return desk.settling.nextDue
        }
        if let due { settlerBell.ring(for: due) }
    }

    /// Looks at everything that is due; returns when the next look is.
    func settle() async -> Instant? {
        while true {
            let due = desk.withLock { $0.settling.due(.now, atMost: Self.batch) }
            for path in due {
                let look = looking.look(at: path)
                await act(on: path, desk.withLock { $0.settling.looked(path, look, now: .now) })
            }
            let (hasRoom, wantsScan) = desk.withLock { ($0.hasRoom, $0.isScanDue) }
            if hasRoom { roomBell.ring() }
            if wantsScan { scannerBell.ring() }
            if due.count < Self.batch { break }
        }
        reportOrphans()
        return desk.withLock { desk in [desk.settling.nextDue, desk.orphans.nextDue].compactMap { $0 }.min() }
    }

    func act(on path: FilePath, _ verdict: Settling.Verdict) async {
        switch verdict {
        case .ready(let arrival): await offer(arrival)
        case .wait: return
        case .drop(let reason):
            if reason == "vanished" { report(.vanished(path)) } else { report(.ignored(path, rule: reason)) }
        case .unmarked: await unmarked(path)
        // Its reader says that it is empty, and it goes where failures go.
        case .emptyExpired(let arrival): await offer(arrival)
        case .stalled: report(.stalled(path))
        }
    }

    /// Puts an arrival before the consumer, once there is room.
    func offer(_ arrival: Arrival) async {
        if let rule = rules.rule(forSize: arrival.identity.size) { return report(.ignored(arrival.path, rule: rule)) }
        if isKnown(arrival.path, arrival.identity) { return }
        await withCheckedContinuation { (room: CheckedContinuation<Void, Never>) in
            let (consumer, isFull) = desk.withLock { desk in desk.put(arrival, room) }
            consumer?.resume(returning: arrival)
            if !isFull { room.resume() }
        }
    }

    /// Looks taken before anybody else is let in.
    private static let batch = 256
}
