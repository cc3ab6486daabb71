// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import Synchronization

/// The directories a file moves through, and the only code that moves it.
///
///     inbox ──claim──▶ work area ──dispose──▶ archive (or gone, or where it was)
///                        │ ├─────quarantine──▶ quarantine
///                        │ └─────putBack─────▶ inbox
///                        └─stage─▶ stage ──publish──▶ outbox
///
/// Each step is one rename on one file system, so a crash leaves the file on one side of it. All calls block;
/// calls about different jobs may run at the same time.
package final class DirectorySpool: Sendable {
    package let layout: SpoolLayout
    let crash: CrashPoints
    let folders: Folders
    /// Names of outputs on their way: two files of one name in work at once get two names.
    let reserved = Mutex<Set<FilePath>>([])
    let spares = Mutex(Spares())
    /// Held for as long as the spool lives: whose lock can be taken is dead.
    private let lock = Mutex<Descriptor?>(nil)

    /// The folders, open. The instance's own part of the work area is the `home`.
    struct Folders: Sendable {
        let inbox: Folder
        let work: Folder
        let outbox: Folder
        let archive: Folder
        let quarantine: Folder
        let home: FilePath
        let stage: FilePath
    }

    /// Makes and checks the folders; nothing is moved yet.
    /// - Throws: `SpoolRefusal` when the folders would harm one another, `SystemError` when one cannot be had.
    package init(_ layout: SpoolLayout, crash: CrashPoints = .none) throws {
        self.layout = layout
        self.crash = crash
        try Self.check(layout)
        let inbox = try Folder(layout.inbox, making: true, withinMount: true)
        let work = try Folder(layout.workArea, making: true, mode: 0o700)
        let home = FilePath(layout.instance)
        try work.makeFolders(home, mode: 0o700)
        let outbox = try Folder(layout.outbox, making: true)
        // Each daemon stages in a folder of its own: nobody removes what another is about to publish.
        let stage = SpoolLayout.stageName(of: layout.route).appending(layout.instance)
        try outbox.makeFolders(stage, mode: 0o700)
        folders = Folders(
            inbox: inbox, work: work, outbox: outbox,
            archive: try Folder(layout.disposal == .archive ? layout.archive : layout.state, making: true),
            quarantine: try Folder(layout.quarantine, making: true), home: home, stage: stage)
        try Self.refuse(layout.resolved())
        guard try layout.leavesFiles || inbox.identity().device == work.identity().device else {
            throw SpoolRefusal(description: "cannot use \(layout.inbox.quoted): its work area is on another file system; remove the mount below it")
        }
    }

    /// Takes the instance's lock.
    /// - Throws: `SpoolRefusal` when another process has it.
    package func takeLock() throws {
        let file = try folders.work.open(folders.home.appending("lock"), O_RDWR | O_CREAT | O_NOFOLLOW)
        guard flock(file.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw SpoolRefusal(description: "cannot use \(layout.inbox.quoted): another intray works on it as \"\(layout.instance)\"; give this one its own instance name")
        }
        ftruncate(file.raw, 0)
        let path = folders.work.absolute(folders.home.appending("lock"))
        try Array(HostName.text.utf8).withUnsafeBytes { try file.write($0, path: path) }
        // Whoever finds our claims after a power cut must be able to read whose they were.
        try file.sync(path: path)
        try folders.work.sync(folders.home)
        try folders.work.sync()
        lock.withLock { $0 = file }
    }

    /// Whether both keep their claims in one place, under one lock. A folder that was made anew is another place.
    package func sharesWork(with other: DirectorySpool) -> Bool {
        guard layout.workArea == other.layout.workArea, layout.instance == other.layout.instance else { return false }
        guard let own = try? folders.work.identity(), let others = try? other.folders.work.identity() else { return false }
        return own.inode == others.inode && own.device == others.device
    }

    /// Holds the lock together with another spool of this process, as long as either lives.
    package func shareLock(of other: DirectorySpool) {
        let held = other.lock.withLock { $0 }
        lock.withLock { $0 = held }
    }

    /// Writes and removes a small file where outputs and claims are written: whether an environment error is over.
    package func probe() throws {
        for (folder, place) in [(folders.outbox, folders.stage), (folders.work, folders.home)] {
            let name = place.appending(Self.probeName)
            // Whoever tidies the outbox takes empty folders along.
            try folder.makeFolders(place, mode: 0o700)
            do { try folder.write([UInt8](repeating: 0, count: 4_096), to: name) } catch {
                // A full disk leaves an empty file.
                try? folder.remove(name)
                throw error
            }
            try folder.remove(name)
        }
        for folder in [folders.inbox, folders.outbox] where !folder.isInPlace() { throw SystemError("find", folder.path, errno: ENXIO) }
        // The stage folder may be ours where the outbox itself is not.
        guard folders.outbox.path.withPlatformString({ access($0, W_OK | X_OK) }) == 0 else { throw SystemError("write to", folders.outbox.path) }
    }

    static let probeName = "probe"

    /// Whether the inbox and the outbox are still the folders that were opened: one that was removed, or made anew, is not.
    package var hasInbox: Bool { folders.inbox.isInPlace() }
    package var hasOutbox: Bool { folders.outbox.isInPlace() }

    /// Whether a folder that is missing from its place was made anew there, on the same file system, and none is just away.
    /// A folder of another file system is what a mount leaves that has gone: nothing is to be written there unasked.
    package var isMadeAnew: Bool {
        let lost = [folders.inbox, folders.outbox].filter { !$0.isInPlace() }
        return !lost.isEmpty && lost.allSatisfy { held in
            guard let there = try? Folder(held.path).identity(), let before = try? held.identity() else { return false }
            return there.device == before.device
        }
    }

    /// Leaves no empty folders of its own in the outbox; for a run that is over. Another instance's folder stays.
    package func tidy() {
        // Of no consequence: whoever comes next makes them again.
        if (try? folders.outbox.removeFolder(folders.stage)) == true { _ = try? folders.outbox.removeFolder(SpoolLayout.stageName(of: layout.route)) }
    }

    package func freeBytes() throws -> UInt64 { try folders.outbox.freeBytes() }

    /// Looks whether the folders, as they are named and where links lead now, would harm one another; makes nothing.
    package static func check(_ layout: SpoolLayout) throws(SpoolRefusal) {
        try refuse(layout)
        try refuse(layout.resolved())
    }

    private static func refuse(_ layout: SpoolLayout) throws(SpoolRefusal) {
        func isInside(_ inner: FilePath, _ outer: FilePath) -> Bool { inner.starts(with: outer) }
        let names = [("outbox", layout.outbox), ("archive", layout.archive), ("quarantine", layout.quarantine), ("state", layout.state)]
        for (name, path) in names where isInside(path, layout.inbox) {
            throw SpoolRefusal(description: "cannot use \(path.quoted) as \(name): it lies inside the inbox \(layout.inbox.quoted), so its files would be taken again; put it beside the inbox")
        }
        for (name, path) in names where isInside(layout.inbox, path) {
            throw SpoolRefusal(description: "cannot use \(layout.inbox.quoted) as inbox: it lies inside the \(name) \(path.quoted); put it beside")
        }
        for text in [layout.route, layout.instance] where text.isEmpty || text.contains("/") || text.hasPrefix(".") {
            throw SpoolRefusal(description: "cannot use \"\(text)\" as a name: it is part of folder names; use letters, digits and hyphens")
        }
    }
}

extension DirectorySpool {
    /// Passes a step of the file's life that is the caller's.
    package func crash(_ point: CrashPoints.Point) { crash.pass(point) }
}
