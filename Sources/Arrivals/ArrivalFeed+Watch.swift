// SPDX-License-Identifier: Apache-2.0
package import FileAccess
import Synchronization
import SystemPackage

extension ArrivalFeed {
    /// Watch mode, until cancelled: one task looks at what settles; another scans at the start, now and then, and whenever
    /// it is asked to. With hints the scan is a safety net each `reconcile`; without, it is the way files are found, each
    /// `pollInterval`. Both sleep in between.
    package func run() async throws {
        if !isWatched { desk.withLock { $0.settling = Settling(settings, isPolling: isPolling, needsTwoListings: true) } }
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await self.settleAlways() }
                tasks.addTask { await self.scanNowAndThen() }
            }
        } onCancel: {
            close()
        }
        close()
    }

    private func settleAlways() async {
        while !Task.isCancelled {
            let due = await settle()
            await settlerBell.wait(until: due ?? Self.never)
        }
    }

    private func scanNowAndThen() async {
        var regular = Origin.startup
        while !Task.isCancelled {
            let begun = Instant.now
            let origin = desk.withLock { $0.beginScan(regular) }
            // What a scan cannot read is said, and tried again.
            do {
                try await scan(origin)
                if desk.withLock({ $0.root(isPresent: true) }) { report(.rootBack) }
            } catch is CancellationError {
                return
            } catch {
                if desk.withLock({ $0.root(isPresent: false) }) { report(.rootLost) }
            }
            regular = isWatched ? .reconcile : .poll
            let ended = Instant.now
            let next = ended + (isWatched && desk.withLock { $0.isRootPresent } ? settings.reconcile : settings.pollInterval)
            // Scans that are asked for take half of the time at most.
            let earliest = ended + max(Self.rest, min(ended.since(begun), .seconds(30)))
            while !Task.isCancelled, .now < next {
                let isAsked = desk.withLock { $0.isScanDue }
                if isAsked, .now >= earliest { break }
                await scannerBell.wait(until: isAsked ? min(earliest, next) : next)
            }
        }
    }

    /// Asks for a scan soon.
    package func rescan(_ origin: Origin = .command) {
        desk.withLock { $0.wantsScan = origin }
        scannerBell.ring()
    }

    /// Takes one of the watcher's hints about this inbox. Never waits.
    package func take(_ hint: WatcherHint) {
        switch hint {
        case .changed(_, let path, let sign): if settings.recursive || path.components.count == 1 { noticed(path, sign, .event) }
        case .gone: return
        case .folder(_, let path): if settings.recursive { look(atFolder: path) }
        // What came before its directory was watched.
        case .ready: rescan(.scan)
        case .overflow: rescan(.overflow)
        case .limit(_, let used, let most): report(.watchLimit(used: used, most: most))
        case .rootLost: if desk.withLock({ $0.root(isPresent: false) }) { report(.rootLost) }
        case .rootBack: rescan(.scan)
        }
    }

    private static let rest = Duration.milliseconds(100)
    private static let never = Instant(nanoseconds: .max)
}
