// SPDX-License-Identifier: Apache-2.0

/// Whom a worker becomes that root starts, by numbers: there are no files any more to look names up in.
public struct WorkerUser: Sendable, Hashable, CustomStringConvertible {
    public var id: UInt32
    public var group: UInt32

    public init(id: UInt32, group: UInt32) {
        self.id = id
        self.group = group
    }

    /// The user without rights of Linux' own.
    public static let nobody = WorkerUser(id: 65_534, group: 65_534)

    /// `1000:1000`.
    public var description: String { "\(id):\(group)" }

    private static let flag = "--user="

    package var argument: String { Self.flag + description }

    /// Nil when the argument names no user.
    package init?(argument: String) {
        guard argument.hasPrefix(Self.flag) else { return nil }
        let numbers = argument.dropFirst(Self.flag.count).split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
        guard numbers.count == 2, let id = numbers[0], let group = numbers[1] else { return nil }
        self.init(id: id, group: group)
    }
}
