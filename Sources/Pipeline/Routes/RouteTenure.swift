// SPDX-License-Identifier: Apache-2.0
import Arrivals
import FileAccess
import Synchronization
import SystemPackage

/// How long a route takes files: until a reload puts another in its place, or none. What it has begun it ends.
final class RouteTenure: Sendable {
    private struct Desk: Sendable {
        var isRetired = false
        /// Files that were taken up and have not ended, and since when.
        var inWork: [FilePath: Instant] = [:]
        var successor: Route?
    }

    private let desk = Mutex(Desk())
    /// Ends when the tenure does.
    let end: AsyncStream<Never>
    private let ending: AsyncStream<Never>.Continuation

    init() { (end, ending) = AsyncStream.makeStream() }

    func retire(for successor: Route?) {
        desk.withLock { desk in
            desk.isRetired = true
            desk.successor = successor
        }
        ending.finish()
    }

    /// Whether a file may be worked on: a retired route takes up no more. `isClaimed`: it is ours already; one that is not, since
    /// an attempt could not even claim it, is the successor's, under the settings that hold now.
    func takesUp(_ path: FilePath, isClaimed: Bool) -> Bool {
        desk.withLock { desk in
            if desk.isRetired, !isClaimed { return false }
            desk.inWork[path] = desk.inWork[path] ?? .now
            return true
        }
    }

    var isRetired: Bool { desk.withLock { $0.isRetired } }

    var count: Int { desk.withLock { $0.inWork.count } }

    /// Those that are in work for longest, at most so many.
    func longest(_ most: Int) -> [FilePath] {
        desk.withLock { desk in desk.inWork.sorted { $0.value < $1.value }.prefix(most).map(\.key) }
    }

    func holds(_ path: FilePath) -> Bool { desk.withLock { $0.inWork[path] != nil } }

    /// Lets a file go; the route that is to look at it again, if this one is over.
    func finished(_ path: FilePath) -> Route? {
        desk.withLock { desk in
            desk.inWork[path] = nil
            return desk.successor
        }
    }
}

extension Route {
    /// Takes nothing more. What is in work ends as it began; what waited untaken is the successor's to find.
    func retire(for successor: Route?) { tenure.retire(for: successor) }

    /// The file's work is over: one of that name may come again.
    func finished(_ path: FilePath) {
        feed.finished(path)
        tenure.finished(path)?.feed.noticed(path, .closed, .event)
    }
}
