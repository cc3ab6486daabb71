// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization
import SystemPackage

/// The inbox, held open; opened anew when another folder stands in its place: a mount that came or went, or one removed
/// and made again. What is mounted within the inbox is no part of it: a file cannot be claimed from there by a rename, and
/// whoever mounted it did not say that it is to be read.
final class InboxFolder: Sendable {
    private let current: Mutex<Folder>

    init(_ path: FilePath) throws { current = Mutex(try Folder(path, withinMount: true)) }

    var folder: Folder { current.withLock { $0 } }

    /// - Throws: `SystemError` when there is no folder in that place.
    func refresh() throws {
        let held = folder
        if held.isInPlace() { return }
        let opened = try Folder(held.path, withinMount: true)
        current.withLock { $0 = opened }
    }
}
