// SPDX-License-Identifier: Apache-2.0
package import FileAccess
import Synchronization
package import SystemPackage

/// The files of one inbox that are complete, as many as are asked for.
///
/// Events are hints; the directory is the truth, and one idempotent scan serves start-up, sweeps, lost events and the
/// periodic reconcile. At most `capacity` names are held; a scan waits where it is while there is no room.
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

    package init(
        _ settings: ArrivalSettings, isKnown: @escaping @Sendable (FilePath, FileIdentity) -> Bool = { _, _ in false },
        report: @escaping @Sendable (ArrivalReport) -> Void = { _ in }
    ) throws {
        self.settings = settings
        self.isKnown = isKnown
        self.report = report
        rules = IgnoreRules(settings)
        let inbox = try Folder(settings.inbox)
        looking = Looking(inbox: inbox, useLease: settings.useLease)
        isPolling = switch settings.mode {
        case .poll: true
        case .inotify: false
        case .auto: inbox.isRemote
        }
        desk = Mutex(FeedDesk(settling: Settling(settings, isPolling: isPolling)))
    }

    /// The next file that is ready; nil when a sweep has no more, or the feed was closed.
    package func next() async -> Arrival? {
        await withCheckedContinuation { continuation in
            let outcome = desk.withLock { $0.take(continuation) }
            switch outcome {
            case .waits: return
            case .ended: continuation.resume(returning: nil)
            case .arrival(let arrival, let scan):
                scan?.resume()
                continuation.resume(returning: arrival)
            }
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
            FeedStatus(mode: desk.isWatched ? "inotify" : "poll", settling: desk.settling.count, buffered: desk.ready.count, rootPresent: desk.isRootPresent)
        }
    }

    /// Ends `next` for good.
    package func close() {
        let (consumer, scan) = desk.withLock { desk in
            desk.isEnded = true
            defer {
                desk.consumer = nil
                desk.scanWaiting = nil
            }
            return (desk.ready.isEmpty ? desk.consumer : nil, desk.scanWaiting)
        }
        consumer?.resume(returning: nil)
        scan?.resume()
    }

    /// From now on a watcher's hints come, through `take`.
    package func beginHints() { desk.withLock { $0.isWatched = true } }

    // MARK: on the way in

    /// Something happened to a file of the inbox.
    package func noticed(_ path: FilePath, _ sign: Settling.Sign, _ origin: Origin) {
        if let rule = rules.rule(forFile: path) { return report(.ignored(path, rule: rule)) }
        let alarm = desk.withLock { desk in
            if desk.offered.contains(path) {
                desk.again.insert(path)
                return nil as AlarmClock?
            }
            if desk.settling.count < FeedDesk.settlingMost || desk.settling.holds(path) {
                desk.settling.noticed(path, sign, origin, now: .now)
            } else {
                // The next scan finds it.
                desk.wantsScan = true
            }
            return desk.alarm
        }
        alarm?.ring()
    }

    /// Looks at everything that is due; returns when the next look is.
    func settle(now: Instant) async -> Instant? {
        for path in desk.withLock({ $0.settling.due(now) }) {
            let look = looking.look(at: path)
            await act(on: path, desk.withLock { $0.settling.looked(path, look, now: .now) })
        }
        return desk.withLock { $0.settling.nextDue }
    }

    func act(on path: FilePath, _ verdict: Settling.Verdict) async {
        switch verdict {
        case .ready(let arrival): await offer(arrival)
        case .wait: return
        case .drop(let reason):
            if reason == "vanished" { report(.vanished(path)) } else { report(.ignored(path, rule: reason)) }
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
}

/// The feed's shared state.
struct FeedDesk: Sendable {
    var settling: Settling
    /// First in, first out, from `start` on.
    var ready: [Arrival] = []
    private var start = 0
    /// Given to the consumer, or about to be.
    var offered: Set<FilePath> = []
    /// Offered files to which something happened meanwhile.
    var again: Set<FilePath> = []
    var consumer: CheckedContinuation<Arrival?, Never>?
    var scanWaiting: CheckedContinuation<Void, Never>?
    /// Wakes the feed's own task.
    var alarm: AlarmClock?
    var wantsScan = false
    var isWatched = false
    var isEnded = false
    private(set) var isRootPresent = true

    mutating func takeRescan() -> Bool {
        defer { wantsScan = false }
        return wantsScan
    }

    /// True when it is news.
    mutating func root(isPresent: Bool) -> Bool {
        defer { isRootPresent = isPresent }
        return isPresent != isRootPresent
    }

    enum Taken { case waits, ended, arrival(Arrival, scan: CheckedContinuation<Void, Never>?) }

    init(settling: Settling) { self.settling = settling }

    mutating func take(_ continuation: CheckedContinuation<Arrival?, Never>) -> Taken {
        guard start < ready.count else {
            if isEnded { return .ended }
            consumer = continuation
            return .waits
        }
        let arrival = ready[start]
        start += 1
        if start == ready.count {
            ready.removeAll(keepingCapacity: true)
            start = 0
        }
        guard ready.count - start < Self.capacity / 2 else { return .arrival(arrival, scan: nil) }
        defer { scanWaiting = nil }
        return .arrival(arrival, scan: scanWaiting)
    }

    /// The consumer to hand it to, and whether the caller has to wait for room.
    mutating func put(_ arrival: Arrival, _ room: CheckedContinuation<Void, Never>) -> (CheckedContinuation<Arrival?, Never>?, Bool) {
        guard offered.insert(arrival.path).inserted, !isEnded else { return (nil, false) }
        if let waiting = consumer {
            consumer = nil
            return (waiting, false)
        }
        ready.append(arrival)
        guard ready.count - start >= Self.capacity, scanWaiting == nil else { return (nil, false) }
        scanWaiting = room
        return (nil, true)
    }

    /// Names looked after at once.
    static let settlingMost = 20_000
    /// Names held for the consumer.
    static let capacity = 4_096
}
