// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import BatchProcessing
import ConversionProtocol
import FileAccess
package import Settings
import Spooling
import Synchronization
import SystemPackage

/// One shot over the routes' inboxes: scan, settle, convert, end. What an earlier sweep has done is known and left alone.
package final class Sweep: Sendable {
    package struct Summary: Sendable {
        package var done = 0
        package var failed = 0
        package var skipped = 0
        package var unsettled = 0
        /// Folders that could not be looked into, and why the first of them could not.
        package var unreadable = 0
        package var firstUnreadable: [String] = []
        package var retries = 0
        package var bytes: UInt64 = 0
        package var seconds = 0.0
        /// What came of each format, and how often each failure.
        package var ends = EndCounts()
        /// Whether somebody ended it early.
        package var wasInterrupted = false
        /// What stopped it, if the environment did.
        package var stoppedBy: String?
        /// Files that an earlier sweep has dealt with.
        package var left = EarlierWork.Counts()
        /// Where files were left, what is set otherwise than in the last sweep that converted something: `--format json (md before)`.
        package var differences: [String] = []

        package init() {}

        package var exit: ProgramError.Exit {
            stoppedBy != nil ? .environment : unsettled > 0 || wasInterrupted ? .incomplete : failed + unreadable > 0 ? .failures : .fine
        }
    }

    package let intake: Intake
    private let waits: Bool
    private let stoppedBy = Mutex<String?>(nil)
    private let isInterrupted = Atomic(false)
    /// Whether there may be files that are not found yet.
    private let isLooking = Atomic(true)
    /// How far it was when it was told to stop.
    private let held = Mutex<Progress?>(nil)
    private let earlier: EarlierWork
    private let options: SweepOptions

    /// With `waits`, files that are still being written are waited for; with `again`, what an earlier sweep has dealt with is
    /// taken once more.
    package init(_ configuration: Settings.Configuration, waits: Bool, again: Bool = false) throws {
        var configuration = configuration
        // What is here now is all there will be: nobody comes who would have to wait.
        configuration.workers.spare = 0
        // Nor is anybody mending what cannot be read: a second look a second later is for what another program has just let go.
        for place in configuration.routes.indices {
            configuration.routes[place].retry.attempts = 2
            configuration.routes[place].retry.first = .seconds(1)
        }
        earlier = EarlierWork(again: again)
        options = SweepOptions(configuration.routes.first?.options ?? RenderOptions())
        intake = try Intake(configuration, address: "--state \(configuration.state.shellWord)", earlier: earlier)
        self.waits = waits
        // Without it only "explain" knows less.
        try? SweepFolders(configuration.routes).keep(in: configuration.state)
    }

    /// - Throws: `ProgramError` when the workers cannot be started or an inbox cannot be read.
    package func run(_ progress: @escaping @Sendable (Progress) -> Void) async throws -> Summary {
        let clock = ContinuousClock()
        let start = clock.now
        let intake = intake
        let left = try await withThrowingTaskGroup(of: Void.self) { watch in
            watch.addTask { await self.watch(progress) }
            defer { watch.cancelAll() }
            return try await Interruption.heeding({ self.interrupt() }, { try await self.convert() })
        }
        progress(self.progress)
        await intake.bus.close()
        var summary = Summary()
        for route in intake.routes {
            route.spool.tidy()
            let counts = route.counts.withLock { $0 }
            summary.done += counts.done
            summary.failed += counts.failed
            summary.skipped += counts.skipped
            summary.ends.add(counts.ends)
        }
        let statistics = intake.processor.statistics
        summary.unsettled = left.unsettled
        summary.unreadable = left.unreadable.count
        summary.firstUnreadable = left.unreadable.prefix(3).map(\.description)
        summary.retries = statistics.retries
        summary.bytes = statistics.bytesDone
        let passed = (clock.now - start).components
        summary.seconds = Double(passed.seconds) + Double(passed.attoseconds) / 1e18
        summary.wasInterrupted = isInterrupted.load(ordering: .relaxed)
        summary.stoppedBy = stoppedBy.withLock { $0 }
        summary.left = earlier.counts
        let state = intake.configuration.state
        let before = SweepOptions.kept(in: state)
        if summary.left.all > 0, let before { summary.differences = options.differences(from: before) }
        // Not for ever lost where it cannot be written now: only what a later sweep says of it.
        if summary.done > 0 || before == nil { try? options.keep(in: state) }
        return summary
    }

    /// Once it was told to stop, what it does not get to any more stays to be done.
    private var progress: Progress {
        var now = intake.progress
        now.isLooking = isLooking.load(ordering: .relaxed)
        guard let held = held.withLock({ $0 }) else { return now }
        now.isStopping = true
        now.isLooking = held.isLooking
        now.waiting = max(0, held.total - now.ended - now.inWork)
        now.fraction = held.fraction
        now.remaining = nil
        return now
    }

    /// What was found and could not be taken.
    private struct Left {
        /// Files that were still being written at the end.
        var unsettled = 0
        var unreadable: [SystemError] = []

        init() {}

        init(_ outcome: SweepOutcome) {
            unsettled = outcome.unsettled.count
            unreadable = outcome.unreadable.sorted { $0.key.string < $1.key.string }.map(\.value)
        }

        static func + (one: Left, other: Left) -> Left {
            var sum = one
            sum.unsettled += other.unsettled
            sum.unreadable += other.unreadable
            return sum
        }
    }

    private func convert() async throws -> Left {
        let intake = intake
        return try await withThrowingTaskGroup(of: Left.self) { tasks in
            tasks.addTask {
                try await intake.run()
                return Left()
            }
            tasks.addTask { [waits] in
                do {
                    await intake.recover(heedsDueTimes: false)
                    let left = try await withThrowingTaskGroup(of: Left.self) { scans in
                        for route in intake.routes {
                            scans.addTask { Left(try await route.feed.sweep(wait: waits)) }
                            scans.addTask {
                                try await intake.feed(route)
                                return Left()
                            }
                        }
                        return try await scans.reduce(Left(), +)
                    }
                    self.isLooking.store(false, ordering: .relaxed)
                    intake.processor.finish()
                    return left
                } catch {
                    intake.stop()
                    throw error
                }
            }
            return try await tasks.reduce(Left(), +)
        }
    }

    private func interrupt() {
        isInterrupted.store(true, ordering: .relaxed)
        stop()
    }

    /// Stops early: what is in work is finished, the rest stays where it is.
    package func stop() {
        let now = self.progress
        held.withLock { $0 = $0 ?? now }
        for route in intake.routes { route.feed.close() }
        intake.stop()
    }

    /// Tells how far it is each second, and gives up when the environment does not mend for a minute.
    private func watch(_ progress: (Progress) -> Void) async {
        var paused = 0
        // Ends when the sweep does.
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            progress(self.progress)
            let reasons = intake.processor.pauses.compactMap { pause in
                if case .environment(let error) = pause.reason { "\(pause.group ?? "everything"): \(error.reason)" } else { nil }
            }
            paused = reasons.isEmpty ? 0 : paused + 1
            guard paused >= 60 else { continue }
            stoppedBy.withLock { $0 = reasons.joined(separator: "; ") }
            stop()
        }
    }
}

/// How far a run is.
package struct Progress: Sendable {
    package var done = 0
    package var failed = 0
    package var skipped = 0
    package var waiting = 0
    package var inWork = 0
    package var documentsPerSecond = 0.0
    package var bytesPerSecond = 0.0
    package var fraction = 0.0
    /// Seconds.
    package var remaining: Double?
    /// Files that are in work for longest.
    package var current: [String] = []
    /// Whether more files may be found than these.
    package var isLooking = false
    /// Whether nothing more is taken.
    package var isStopping = false

    package init() {}

    package var ended: Int { done + failed + skipped }
    package var total: Int { ended + inWork + waiting }
}

extension Intake {
    package var progress: Progress {
        let statistics = processor.statistics
        var progress = Progress()
        for route in routes {
            let counts = route.counts.withLock { $0 }
            progress.done += counts.done
            progress.failed += counts.failed
            progress.skipped += counts.skipped
        }
        progress.waiting = statistics.queued + statistics.delayed
        progress.inWork = statistics.running
        progress.documentsPerSecond = statistics.jobsPerSecond
        progress.bytesPerSecond = statistics.bytesPerSecond
        progress.current = routes.flatMap { $0.tenure.longest(4) }.prefix(4).map(\.escaped)
        progress.fraction = statistics.progress
        progress.remaining = statistics.remaining.map { Double($0.components.seconds) }
        return progress
    }
}
