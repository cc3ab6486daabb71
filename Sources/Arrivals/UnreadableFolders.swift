// SPDX-License-Identifier: Apache-2.0
import FileAccess
import SystemPackage

/// The inbox's folders that cannot be read: each is said when it is news, and when it is over.
struct UnreadableFolders: Sendable {
    private(set) var errors: [FilePath: SystemError] = [:]
    /// Looked at since the running scan began, after a hint that something changed: newer than what that scan saw.
    private var lookedAt: Set<FilePath>?

    /// How many are kept at most.
    static let most = 1_000

    mutating func scanBegins() { lookedAt = [] }

    /// A scan's end.
    /// - Parameter found: every folder it could not read.
    mutating func scanned(_ found: [FilePath: SystemError]) -> [ArrivalReport] {
        let before = errors
        let newer = lookedAt ?? []
        errors = found.filter { !newer.contains($0.key) }.merging(before.filter { newer.contains($0.key) }) { scanned, _ in scanned }
        lookedAt = nil
        let shut = errors.sorted { $0.key.string < $1.key.string }.filter { before[$0.key]?.errno != $0.value.errno }
        let open = before.keys.filter { errors[$0] == nil }.sorted { $0.string < $1.string }
        return shut.map { .unreadable($0.key, $0.value) } + open.map { .readable($0) }
    }

    /// One folder was looked at, after a hint.
    mutating func looked(at folder: FilePath, obstacle: SystemError?) -> ArrivalReport? {
        lookedAt?.insert(folder)
        let before = errors[folder]
        if obstacle == nil || errors.count < Self.most { errors[folder] = obstacle }
        guard let obstacle else { return before == nil ? nil : .readable(folder) }
        return before?.errno == obstacle.errno ? nil : .unreadable(folder, obstacle)
    }
}
