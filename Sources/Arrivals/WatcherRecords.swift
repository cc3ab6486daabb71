// SPDX-License-Identifier: Apache-2.0
package import SystemPackage
import FileAccess

/// What the watcher says happened. Hints only: the directory is the truth.
package enum WatcherHint: Sendable, Equatable {
    case changed(root: Int, FilePath, Settling.Sign)
    /// A directory was moved away.
    case gone(root: Int, FilePath)
    /// A directory could not be entered, or its rights have changed.
    case folder(root: Int, FilePath)
    /// Hints were lost, or the watcher was started anew: only a scan tells.
    case overflow
    /// inotify has no watches left; directories beyond are found by scans only.
    case limit(root: Int, used: Int, most: Int)
    case rootLost(Int)
    case rootBack(Int)
    case ready
}

/// Takes the watcher's records apart: `u32 length | u8 kind | u16 root | bytes`, in any pieces.
package struct WatcherRecords: Sendable {
    private var rest: [UInt8] = []

    package init() {}

    /// The hints that are complete now.
    /// - Throws: `WatcherFault` when this is no watcher's output.
    package mutating func feed(_ bytes: some Sequence<UInt8>) throws(WatcherFault) -> [WatcherHint] {
        rest += bytes
        var hints: [WatcherHint] = []
        var at = 0
        while rest.count - at >= 4 {
            let length = (0..<4).reduce(0) { $0 | Int(rest[at + $1]) << (8 * $1) }
            guard length >= 3, length <= Self.longest else { throw WatcherFault() }
            guard rest.count - at - 4 >= length else { break }
            let record = rest[(at + 4)..<(at + 4 + length)]
            hints.append(try Self.hint(record))
            at += 4 + length
        }
        rest.removeFirst(at)
        return hints
    }

    private static func hint(_ record: ArraySlice<UInt8>) throws(WatcherFault) -> WatcherHint {
        let root = Int(record[record.startIndex + 1]) | Int(record[record.startIndex + 2]) << 8
        let payload = record.dropFirst(3)
        let path = FilePath(bytes: payload)
        switch record[record.startIndex] {
        case 1: return .changed(root: root, path, .closed)
        case 2: return .changed(root: root, path, .renamed)
        case 3: return .changed(root: root, path, .created)
        case 4: return .gone(root: root, path)
        case 5: return .overflow
        case 6:
            let numbers = String(decoding: payload, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            return .limit(root: root, used: numbers.first ?? 0, most: numbers.last ?? 0)
        case 7: return .rootLost(root)
        case 8: return .rootBack(root)
        case 9: return .ready
        case 10: return .folder(root: root, path)
        default: throw WatcherFault()
        }
    }

    /// PATH_MAX and the record's own fields.
    private static let longest = 4_096 + 16
}

/// The watcher said something that it never says.
package struct WatcherFault: Error, Sendable {}
