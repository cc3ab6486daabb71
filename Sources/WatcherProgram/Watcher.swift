// SPDX-License-Identifier: GPL-2.0-only
import CInotifyTools
import CWatchShim
import Glibc

/// The trees below the roots, each directory watched before it is listed, so that nothing falls between.
///
/// The library keeps the directories' names, by watch. They stay true because a directory that moves is given up under its
/// old name before it is entered under the new one; when events were lost, every directory is entered again.
struct Watcher {
    let roots: [[UInt8]]
    /// The root of each watch.
    var owners: [Int32: UInt16] = [:]
    /// Watches on the folders that hold the roots: a root that somebody holds open does not tell of its own removal.
    var holders: [Int32: [Int]] = [:]
    var lost: Set<Int> = []
    var saidLimit = false
    var isStale = false
    var outflow = Outflow()

    init(roots: [[UInt8]]) { self.roots = roots }

    static func complain(_ text: String) {
        var line = "intray-watcher: \(text)\n"
        line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }

    /// Ends when standard input closes or nobody reads.
    mutating func run() {
        for root in roots.indices { if !begin(root) { lose(root) } }
        outflow.put(.ready, root: 0)
        while outflow.flush() {
            var set = [
                pollfd(fd: watch_descriptor(), events: Int16(POLLIN), revents: 0), pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
                pollfd(fd: 1, events: Int16(outflow.isWaiting ? POLLOUT : 0), revents: 0),
            ]
            // A root that has gone is looked for each second; otherwise this sleeps.
            guard poll(&set, 3, lost.isEmpty ? -1 : 1_000) >= 0 || errno == EINTR else { return }
            if set[1].revents != 0 {
                var byte: UInt8 = 0
                if read(0, &byte, 1) <= 0 { return }
            }
            if set[2].revents & Int16(POLLERR | POLLHUP) != 0 { return }
            guard drain() else { return }
            if isStale { renew() }
            lookForLost()
        }
    }

    /// The library holds what one read brought: nothing says so but asking until there is no more.
    private mutating func drain() -> Bool {
        while let event = inotifytools_next_events(0, 1) {
            var length: UInt32 = 0
            let start = watch_event_name(event, &length)
            handle(event.pointee, UnsafeRawBufferPointer(start: length > 0 ? start : nil, count: Int(length)))
            if outflow.isLarge, !outflow.flush() { return false }
        }
        return true
    }

    private mutating func handle(_ event: inotify_event, _ name: UnsafeRawBufferPointer) {
        let mask = event.mask
        if mask & UInt32(IN_Q_OVERFLOW) != 0 { return isStale = true }
        if let held = holders[event.wd] {
            if mask & UInt32(IN_IGNORED) != 0 { holders[event.wd] = nil }
            for root in held where Self.split(roots[root]).name.elementsEqual(name) && mask & UInt32(IN_ISDIR) != 0 { lose(root) }
        }
        guard let owner = owners[event.wd] else { return }
        let root = Int(owner)
        if mask & UInt32(IN_IGNORED) != 0 {
            let isRoot = folder(of: event.wd, root)?.isEmpty ?? false
            forget(event.wd)
            if isRoot { lose(root) }
            return
        }
        guard let folder = folder(of: event.wd, root) else { return }
        if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT) != 0 {
            if folder.isEmpty { lose(root) }
            return
        }
        guard !name.isEmpty else { return }
        if mask & UInt32(IN_ISDIR) != 0 {
            let path = folder.isEmpty ? Array(name) : Array(folder) + [UInt8(ascii: "/")] + name
            if mask & UInt32(IN_MOVED_FROM) != 0 { leave(root, path) }
            if mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 { _ = enter(root, path, tellsFiles: true) }
            if mask & UInt32(IN_ATTRIB) != 0 { reconsider(root, path) }
        } else if mask & UInt32(IN_CLOSE_WRITE) != 0 {
            outflow.put(.closed, root: root, folder, name)
        } else if mask & UInt32(IN_MOVED_TO) != 0 {
            outflow.put(.renamed, root: root, folder, name)
        } else if mask & UInt32(IN_CREATE) != 0 {
            outflow.put(.created, root: root, folder, name)
        }
    }

    /// The watched directory below its root, without slashes around it: the library's own bytes, good until its next call.
    func folder(of wd: Int32, _ root: Int) -> UnsafeRawBufferPointer? {
        guard let full = inotifytools_filename_from_wd(wd) else { return nil }
        let bytes = UnsafeRawBufferPointer(start: full, count: strlen(full))
        guard bytes.count > roots[root].count else { return nil }
        // A root ends without a slash, the library's names with one.
        let below = bytes.dropFirst(roots[root].count + (roots[root] == [UInt8(ascii: "/")] ? 0 : 1)).dropLast()
        return UnsafeRawBufferPointer(rebasing: below)
    }

    /// Gives a watch up, the library's memory of it too.
    mutating func forget(_ wd: Int32) {
        owners[wd] = nil
        inotifytools_remove_watch_by_wd(wd)
    }
}
