// SPDX-License-Identifier: Apache-2.0
import FileAccess
import HeapModule
import SystemPackage

/// Names by the time at which they are due; a name may be in it more than once, and its owner knows which time counts.
struct DueQueue: Sendable {
    private struct Place: Comparable, Sendable {
        let due: Instant
        let path: FilePath

        static func < (a: Self, b: Self) -> Bool { a.due < b.due }
        static func == (a: Self, b: Self) -> Bool { a.due == b.due }
    }

    private var heap = Heap<Place>()

    var count: Int { heap.count }
    var first: Instant? { heap.min?.due }

    mutating func add(_ path: FilePath, due: Instant) { heap.insert(Place(due: due, path: path)) }

    /// Takes the first one out, if its time has come.
    mutating func next(until now: Instant) -> (FilePath, due: Instant)? {
        guard let first = heap.min, first.due <= now else { return nil }
        heap.removeMin()
        return (first.path, first.due)
    }

    mutating func rebuild(_ places: some Sequence<(FilePath, Instant)>) {
        heap = Heap(places.map { Place(due: $0.1, path: $0.0) })
    }
}
