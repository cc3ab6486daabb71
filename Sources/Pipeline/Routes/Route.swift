// SPDX-License-Identifier: Apache-2.0
import Arrivals
import BatchProcessing
import ConversionProtocol
import FileAccess
import Ledger
import Settings
import Spooling
import Synchronization
import SystemPackage

/// One inbox at work: its spool, its feed, and what has become of its files so far.
final class Route: Sendable {
    struct Counts: Sendable {
        var done = 0
        var failed = 0
        var skipped = 0
        var cancelled = 0
        var ends = EndCounts()
        /// What cannot be done on disk now, and is tried again.
        var trouble: String?
    }

    /// Counts that a route hands on to the one that takes its place.
    final class Tally: Sendable {
        private let counts = Mutex(Counts())

        func withLock<Result: Sendable>(_ body: (inout Counts) -> Result) -> Result { counts.withLock { body(&$0) } }
    }

    let settings: RouteSettings
    let spool: DirectorySpool
    let feed: ArrivalFeed
    let group: CommitGroup
    let passwords: RoutePasswords
    let counts: Tally
    let tenure = RouteTenure()
    /// Raised when the program ends: nothing is waited for any more.
    let stopping: StopFlag
    /// What an earlier run left, as it was before this one began.
    let leftovers: [JobID]
    /// Their files, where those stay in the inbox: a scan is not to find them again while they are in work.
    let held: [JobID: FilePath]
    /// Content that was converted before, or is just being converted.
    let contents: Duplicates<LedgerContents>
    /// Whether a route in whose place this one came has the file in work.
    let isHeldBefore: @Sendable (FilePath) -> Bool

    var name: String { settings.name }

    /// With `predecessor` it takes over from a route of the same name, whose work goes on beside it.
    init(
        _ settings: RouteSettings, instance: String, state: FilePath, address: String, ledger: Ledger, earlier work: EarlierWork? = nil, crash: CrashPoints, stopping: StopFlag,
        predecessor: Route? = nil, formerRoutes: [String] = [],
        report: @escaping @Sendable (ArrivalReport) -> Void
    ) throws {
        self.settings = settings
        self.stopping = stopping
        var layout = Self.layout(settings, instance: instance, state: state)
        layout.address = address
        let spool = try DirectorySpool(layout, crash: crash)
        self.spool = spool
        if let predecessor, spool.sharesWork(with: predecessor.spool) {
            // What lies there is in work, or waits to be taken up.
            spool.shareLock(of: predecessor.spool)
            leftovers = []
        } else {
            try spool.takeLock()
            leftovers = try spool.leftovers(host: HostName.text, isAlone: predecessor == nil, formerRoutes: formerRoutes)
        }
        counts = predecessor?.counts ?? Tally()
        group = CommitGroup(spool)
        passwords = RoutePasswords(settings)
        let name = settings.name
        contents = predecessor?.contents ?? Duplicates(LedgerContents(ledger: ledger, route: name))
        // Every route before this one may still be ending something, the last one's predecessors too.
        let earlier = predecessor?.isHeldBefore
        let isHeld: @Sendable (FilePath) -> Bool = { [weak predecessor] path in
            predecessor?.tenure.holds(path) == true || earlier?(path) == true
        }
        isHeldBefore = isHeld
        if let marker = settings.marker, MarkerPattern(marker) == nil {
            throw ProgramError(.refused, "cannot use \"\(marker)\" as marker of route \(settings.name): it needs {name} or {stem} once, such as {name}.done")
        }
        feed = try ArrivalFeed(
            Self.arrivals(settings), isKnown: { path, identity in
                if isHeld(path) { return true }
                guard let known = ledger.known(route: name, path: path, identity: identity) else { return false }
                guard let work, !work.leaves(known) else { return true }
                // An earlier failure is over; a report that cannot be removed stays beside the new one.
                if known.state == "failed" {
                    _ = try? spool.requeue(path, of: known.job)
                    ledger.noteRetried(job: known.job)
                }
                return false
            }, report: report)
        var held: [JobID: FilePath] = [:]
        if layout.leavesFiles { for job in leftovers { held[job] = try spool.path(of: job) } }
        self.held = held
        for path in held.values {
            feed.hold(path)
            _ = tenure.takesUp(path, isClaimed: true)
        }
    }

    static func layout(_ settings: RouteSettings, instance: String, state: FilePath) -> SpoolLayout {
        var layout = SpoolLayout(
            route: settings.name, instance: instance, inbox: settings.inbox, outbox: settings.outbox, archive: settings.archive,
            quarantine: settings.quarantine, state: state)
        layout.claim = settings.claim == .move ? .move : .leave
        layout.disposal = Disposal(rawValue: settings.disposal.rawValue) ?? .archive
        layout.onExists = ExistsPolicy(rawValue: settings.onExists.rawValue) ?? .version
        layout.durability = Durability(rawValue: settings.durability.rawValue) ?? .group
        return layout
    }

    static func arrivals(_ settings: RouteSettings) -> ArrivalSettings {
        var arrivals = ArrivalSettings(inbox: settings.inbox)
        arrivals.recursive = settings.recursive
        arrivals.include = settings.include
        arrivals.exclude = settings.exclude
        arrivals.extensions = settings.extensions
        arrivals.minimumSize = settings.minimumSize
        arrivals.maximumSize = settings.maximumSize
        arrivals.quiet = settings.quiet
        arrivals.pollQuiet = settings.pollQuiet
        arrivals.stalledAfter = settings.stalledAfter
        arrivals.useLease = settings.lease
        arrivals.marker = settings.marker.flatMap { MarkerPattern($0) }
        arrivals.empty = EmptyPolicy(rawValue: settings.empty.rawValue) ?? .wait
        arrivals.emptyGrace = settings.emptyGrace
        arrivals.mode = WatchMode(rawValue: settings.mode.rawValue) ?? .auto
        arrivals.pollInterval = settings.pollInterval
        arrivals.reconcile = settings.reconcile
        return arrivals
    }

    /// What must be done on disk is tried again until the environment lets it: the job waits, nothing is lost.
    func untilDone(_ bulletin: Bulletin, _ body: () async throws -> Void) async {
        var wait = Duration.seconds(1)
        while true {
            do {
                try await body()
                if wait > .seconds(1) { counts.withLock { $0.trouble = nil } }
                return
            } catch {
                let isNews = counts.withLock { counts in
                    defer { counts.trouble = "\(error)" }
                    return counts.trouble == nil
                }
                if isNews { bulletin.troubled(self, "\(error)") }
                // A stop leaves the job where it is; the next start finds it there.
                guard !stopping.isRaised, (try? await Task.sleep(for: wait)) != nil else { return }
                wait = min(wait * 2, .seconds(5))
            }
        }
    }

    var retry: RetryPolicy {
        var policy = RetryPolicy()
        policy.attempts = settings.retry.attempts
        policy.first = settings.retry.first
        policy.factor = settings.retry.factor
        policy.longest = settings.retry.longest
        return policy
    }

    /// By the first rule that matches, else the route's own.
    func priority(of path: FilePath) -> Priority {
        settings.priorityRules.first { (try? Glob($0.pattern))?.matches(path) == true }?.priority ?? settings.priority
    }

    /// Whether the outbox can be written and has room.
    func isFit() -> Bool {
        guard (try? spool.probe()) != nil, let free = try? spool.freeBytes() else { return false }
        return free >= settings.minimumFree
    }
}
