// SPDX-License-Identifier: Apache-2.0
import FileAccess
import SystemPackage

/// Markers whose file has not been seen, and files whose marker has not: one waits for the other, within bounds.
struct OrphanMarkers: Sendable {
    private var due: [FilePath: Instant] = [:]
    private var queue = DueQueue()
    /// By the marker that they wait for; found again by the next scan when there is no room.
    private var files: [FilePath: FilePath] = [:]

    var nextDue: Instant? { queue.first }

    /// A marker is there and its file is not known to be.
    mutating func add(_ marker: FilePath, due instant: Instant) {
        guard due[marker] == nil, due.count < Self.most else { return }
        due[marker] = instant
        queue.add(marker, due: instant)
    }

    mutating func remove(_ marker: FilePath) {
        due[marker] = nil
        files[marker] = nil
    }

    mutating func add(file: FilePath, waitingFor marker: FilePath) {
        if files.count < Self.most { files[marker] = file }
    }

    mutating func file(waitingFor marker: FilePath) -> FilePath? { files.removeValue(forKey: marker) }

    /// Markers that have been alone for long.
    mutating func overdue(_ now: Instant) -> [FilePath] {
        var found: [FilePath] = []
        while let (path, instant) = queue.next(until: now) {
            guard due[path] == instant else { continue }
            due[path] = nil
            found.append(path)
        }
        return found
    }

    private static let most = 4_096
}
