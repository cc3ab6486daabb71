// SPDX-License-Identifier: Apache-2.0
package import FileAccess
package import SystemPackage

/// What a feed has to tell besides the arrivals themselves.
package enum ArrivalReport: Sendable {
    case ignored(FilePath, rule: String)
    case settling(FilePath)
    case stalled(FilePath)
    /// A marker whose file has not come for `markerOrphan`.
    case orphanMarker(FilePath)
    case vanished(FilePath)
    case scanStarted(Origin)
    case scanFinished(Origin, directories: Int, entries: Int, new: Int, milliseconds: UInt64)
    case rootLost, rootBack
    case watchLimit(used: Int, most: Int)
    /// A folder of the inbox cannot be read, and can again.
    case unreadable(FilePath, SystemError)
    case readable(FilePath)
}

/// A feed at one moment.
package struct FeedStatus: Sendable {
    package var mode: String
    package var settling: Int
    package var buffered: Int
    package var rootPresent: Bool
    /// Folders that the last scan could not read, how many, and the first of them.
    package var unreadable = 0
    package var firstUnreadable: SystemError?
}

/// What came of a sweep's one scan.
package struct SweepOutcome: Sendable {
    package var seen = 0
    package var ignored = 0
    /// Files that were still being written; at most a thousand are named.
    package var unsettled: [FilePath] = []
    /// Folders that could not be read, at most a thousand: what lies there was passed over.
    package var unreadable: [FilePath: SystemError] = [:]

    mutating func note(unsettled path: FilePath) { if unsettled.count < Self.named { unsettled.append(path) } }

    static let named = 1_000
}
