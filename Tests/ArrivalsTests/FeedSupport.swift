// SPDX-License-Identifier: Apache-2.0
@testable import Arrivals
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import TestSupport

/// A feed at work, and what it offered and told.
final class RunningFeed: Sendable {
    let feed: ArrivalFeed
    private let run = Mutex<Task<Void, Never>?>(nil)

    /// Takes every file and says that it is done with it; `keeps` leaves them in work, `counts` remembers their names only.
    init(_ settings: ArrivalSettings, watched: Bool = false, keeps: Bool = false, counts: Bool = false, take: @escaping @Sendable (Arrival) -> Void = { _ in }) throws {
        let (reports, arrivals, names) = (reports, arrivals, names)
        feed = try ArrivalFeed(settings, report: { reports.add($0) })
        if watched { feed.beginHints() }
        let feed = feed
        let task = Task {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try? await feed.run() }
                tasks.addTask {
                    while let arrival = await feed.next() {
                        if counts { names.add(arrival.path) } else { arrivals.add(arrival) }
                        take(arrival)
                        if !keeps { feed.finished(arrival.path) }
                    }
                }
            }
        }
        run.withLock { $0 = task }
    }

    private let reports = Told()
    private let arrivals = Taken()
    private let names = Names()

    var paths: [FilePath] { arrivals.all.map(\.path) }
    var all: [Arrival] { arrivals.all }
    /// Files offered at least once.
    var distinct: Int { names.count }
    var reported: [ArrivalReport] { reports.all }
    var scans: Int { reported.count { if case .scanFinished = $0 { true } else { false } } }

    func stop() async {
        let task = run.withLock { $0 }
        task?.cancel()
        await task?.value
    }
}

private final class Told: Sendable {
    private let list = Mutex<[ArrivalReport]>([])
    func add(_ report: ArrivalReport) {
        switch report {
        case .ignored, .settling, .vanished: return
        default: list.withLock { $0.append(report) }
        }
    }
    var all: [ArrivalReport] { list.withLock { $0 } }
}

private final class Taken: Sendable {
    private let list = Mutex<[Arrival]>([])
    func add(_ arrival: Arrival) { list.withLock { $0.append(arrival) } }
    var all: [Arrival] { list.withLock { $0 } }
}

private final class Names: Sendable {
    private let set = Mutex<Set<[UInt8]>>([])
    func add(_ path: FilePath) { set.withLock { _ = $0.insert(path.bytes) } }
    var count: Int { return set.withLock { $0.count } }
}
