// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization
import SystemPackage

extension ArrivalFeed {
    /// Watch mode, until cancelled: a scan at the start, then looks at what settles, a scan now and then, and whenever
    /// `rescan` was called. With hints the scan is a safety net each `reconcile`; without, it is the way files are found,
    /// each `pollInterval`. Sleeps in between.
    package func run() async throws {
        defer { close() }
        var nextScan = Instant.now
        var origin = Origin.startup
        let alarm = AlarmClock()
        desk.withLock { $0.alarm = alarm }
        // One scan at a time; what it cannot read is said, and tried again.
        while !Task.isCancelled {
            if Instant.now >= nextScan || desk.withLock({ $0.takeRescan() }) {
                do {
                    try await scan(origin)
                    if desk.withLock({ $0.root(isPresent: true) }) { report(.rootBack) }
                } catch is CancellationError {
                    return
                } catch {
                    if desk.withLock({ $0.root(isPresent: false) }) { report(.rootLost) }
                }
                origin = isWatched ? .reconcile : .poll
                nextScan = .now + (isWatched ? settings.reconcile : settings.pollInterval)
            }
            let due = await settle(now: .now)
            let next = min(due ?? nextScan, nextScan)
            await alarm.wait(until: next)
        }
    }

    /// Asks for a scan soon.
    package func rescan() {
        desk.withLock { desk in
            desk.wantsScan = true
            return desk.alarm
        }?.ring()
    }

    /// Takes one of the watcher's hints about this inbox.
    package func take(_ hint: WatcherHint) {
        switch hint {
        case .changed(_, let path, let sign): if settings.recursive || path.components.count == 1 { noticed(path, sign, .event) }
        case .gone, .ready: return
        case .overflow: rescan()
        case .limit(_, let used, let most): report(.watchLimit(used: used, most: most))
        case .rootLost: if desk.withLock({ $0.root(isPresent: false) }) { report(.rootLost) }
        case .rootBack: rescan()
        }
    }
}
