// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import HeapModule

/// The waiting jobs of one group: four priorities, older first within one, and those that want to be alone apart.
///
/// An entry is not taken out when its job is cancelled or moved; its stamp no longer fits and it is skipped on the way.
struct JobQueue {
    struct Entry: Comparable {
        let key: JobKey
        let stamp: UInt32
        static func < (a: Entry, b: Entry) -> Bool { a.key < b.key }
    }

    /// A job that could go next.
    struct Head {
        let key: JobKey
        let priority: Priority
        let isAlone: Bool

        func goesBefore(_ other: Head) -> Bool { (other.priority, key) < (priority, other.key) }
    }

    private var shared: [Heap<Entry>] = Array(repeating: Heap(), count: Priority.allCases.count)
    private var alone: [Heap<Entry>] = Array(repeating: Heap(), count: Priority.allCases.count)

    mutating func insert(_ key: JobKey, _ record: JobRecord) {
        let entry = Entry(key: key, stamp: record.stamp)
        let line = record.ticket.priority.rawValue
        if record.mustBeAlone { alone[line].insert(entry) } else { shared[line].insert(entry) }
    }

    /// The job that goes first; `isWaiting` tells whether an entry still counts.
    mutating func head(alone allowsAlone: Bool, isWaiting: (Entry) -> Bool) -> Head? {
        let first = Self.first(&shared, isWaiting).map { Head(key: $0, priority: $1, isAlone: false) }
        guard allowsAlone, let other = Self.first(&alone, isWaiting).map({ Head(key: $0, priority: $1, isAlone: true) }) else { return first }
        guard let first, first.goesBefore(other) else { return other }
        return first
    }

    mutating func remove(_ head: Head) {
        if head.isAlone { _ = alone[head.priority.rawValue].popMin() } else { _ = shared[head.priority.rawValue].popMin() }
    }

    private static func first(_ lines: inout [Heap<Entry>], _ isWaiting: (Entry) -> Bool) -> (JobKey, Priority)? {
        for priority in Priority.allCases.reversed() {
            while let entry = lines[priority.rawValue].min {
                if isWaiting(entry) { return (entry.key, priority) }
                lines[priority.rawValue].removeMin()
            }
        }
        return nil
    }
}
