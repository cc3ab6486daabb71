// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization
import SystemPackage

extension ArrivalFeed {
    /// Watch mode, until cancelled: a scan at the start, then looks at what settles, a scan each `interval`, and whenever
    /// `rescan` was called. Sleeps in between.
    package func run() async throws {
        defer { close() }
        var nextScan = Instant.now
        var origin = Origin.startup
        let bells = desk.withLock { $0.openBells() }
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
                origin = .poll
                nextScan = .now + settings.pollInterval
            }
            let due = await settle(now: .now)
            let next = min(due ?? nextScan, nextScan)
            await bells.wait(until: next)
        }
    }

    /// Asks for a scan soon.
    package func rescan() {
        desk.withLock { desk in
            desk.wantsScan = true
            return desk.bells
        }?.ring()
    }
}

/// Wakes one sleeping task: at a time, or when it is rung.
final class Bells: Sendable {
    private let stream: AsyncStream<Void>
    private let feed: AsyncStream<Void>.Continuation

    init() { (stream, feed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func ring() { feed.yield() }

    func wait(until due: Instant) async {
        let now = Instant.now
        guard due > now else { return }
        await withTaskGroup(of: Void.self) { tasks in
            // Cancelled when the bell was quicker, or the feed ends.
            tasks.addTask { try? await Task.sleep(for: due.since(now)) }
            tasks.addTask { for await _ in self.stream { return } }
            await tasks.next()
            tasks.cancelAll()
        }
    }
}
