// SPDX-License-Identifier: GPL-2.0-only
import CInotifyTools
import CWatchShim
import Glibc

/// The trees below the roots, each directory watched before it is listed, so that nothing falls between.
struct Watcher {
    private struct Node {
        var root: Int
        /// Below the root; empty for the root itself.
        var path: [UInt8]
    }

    private let roots: [[UInt8]]
    private var nodes: [Int32: Node] = [:]
    private var lost: Set<Int> = []
    private var saidLimit = false
    private var outflow = Outflow()

    init(roots: [[UInt8]]) { self.roots = roots }

    static func complain(_ text: String) {
        var line = "intray-watcher: \(text)\n"
        line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }

    /// Ends when standard input closes or nobody reads.
    mutating func run() {
        for root in roots.indices { if !enter(root, []) { lose(root) } }
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
            drain()
            lookForLost()
        }
    }

    /// The library holds what one read brought: nothing says so but asking until there is no more.
    private mutating func drain() {
        while let event = inotifytools_next_events(0, 1) {
            var length: UInt32 = 0
            let name = watch_event_name(event, &length)
            handle(event.pointee, name.map { Array(UnsafeRawBufferPointer(start: $0, count: Int(length))) } ?? [])
        }
    }

    private mutating func handle(_ event: inotify_event, _ name: [UInt8]) {
        let mask = event.mask
        if mask & UInt32(IN_Q_OVERFLOW) != 0 { return outflow.put(.overflow, root: 0) }
        guard let node = nodes[event.wd] else { return }
        if mask & UInt32(IN_IGNORED) != 0 {
            nodes[event.wd] = nil
            return
        }
        if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF) != 0 {
            if node.path.isEmpty { lose(node.root) }
            return
        }
        guard !name.isEmpty else { return }
        let path = node.path.isEmpty ? name : node.path + [UInt8(ascii: "/")] + name
        if mask & UInt32(IN_ISDIR) != 0 {
            if mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 { _ = enter(node.root, path) }
            if mask & UInt32(IN_MOVED_FROM) != 0 { leave(node.root, path) }
        } else if mask & UInt32(IN_CLOSE_WRITE) != 0 {
            outflow.put(.closed, root: node.root, path)
        } else if mask & UInt32(IN_MOVED_TO) != 0 {
            outflow.put(.renamed, root: node.root, path)
        } else if mask & UInt32(IN_CREATE) != 0 {
            outflow.put(.created, root: node.root, path)
        }
    }

    /// Watches the directory, then lists it, then those below. False when it cannot be watched at all.
    private mutating func enter(_ root: Int, _ path: [UInt8]) -> Bool {
        var todo = [path]
        var isFirst = true
        while let path = todo.popLast() {
            if let name = path.split(separator: UInt8(ascii: "/")).last, Self.isPassedOver(Array(name)) { continue }
            let full = Self.terminated(path.isEmpty ? roots[root] : roots[root] + [UInt8(ascii: "/")] + path)
            let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF
                | Int32(bitPattern: UInt32(IN_ONLYDIR)) | Int32(bitPattern: UInt32(IN_DONT_FOLLOW)) | Int32(bitPattern: UInt32(IN_EXCL_UNLINK))
            let isWatched = full.withUnsafeBufferPointer { inotifytools_watch_file($0.baseAddress, mask) } == 1
            if !isWatched {
                if inotifytools_error() == ENOSPC, !saidLimit {
                    saidLimit = true
                    outflow.put(.limit, root: root, Array("\(nodes.count) \(inotifytools_get_max_user_watches())".utf8))
                }
                if isFirst { return false }
                continue
            }
            isFirst = false
            // The library keeps a directory's name with a slash behind it.
            let named = full.dropLast() + [CChar(UInt8(ascii: "/")), 0]
            let wd = named.withUnsafeBufferPointer { inotifytools_wd_from_filename($0.baseAddress) }
            nodes[wd] = Node(root: root, path: path)
            list(root, path, full, &todo)
        }
        return true
    }

    private mutating func list(_ root: Int, _ path: [UInt8], _ full: [CChar], _ todo: inout [[UInt8]]) {
        guard let directory = full.withUnsafeBufferPointer({ opendir($0.baseAddress!) }) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: UInt8.self, capacity: 256) { Array(UnsafeBufferPointer(start: $0, count: strnlen($0, 256))) }
            }
            if name == [0x2E] || name == [0x2E, 0x2E] { continue }
            let below = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
            switch Int32(entry.pointee.d_type) {
            case 4: todo.append(below)
            case 8, 0: outflow.put(.created, root: root, below)
            default: continue
            }
        }
    }

    /// A directory moved away takes its watches along: they are given up.
    private mutating func leave(_ root: Int, _ path: [UInt8]) {
        for (wd, node) in nodes where node.root == root && (node.path == path || node.path.starts(with: path + [UInt8(ascii: "/")])) {
            nodes[wd] = nil
            inotifytools_remove_watch_by_wd(wd)
        }
        outflow.put(.gone, root: root, path)
    }

    private mutating func lose(_ root: Int) {
        guard lost.insert(root).inserted else { return }
        for (wd, node) in nodes where node.root == root {
            nodes[wd] = nil
            inotifytools_remove_watch_by_wd(wd)
        }
        outflow.put(.rootLost, root: root)
    }

    private mutating func lookForLost() {
        for root in lost {
            var s = stat()
            guard Self.terminated(roots[root]).withUnsafeBufferPointer({ lstat($0.baseAddress!, &s) }) == 0, s.st_mode & S_IFMT == S_IFDIR else { continue }
            if enter(root, []) {
                lost.remove(root)
                outflow.put(.rootBack, root: root)
            }
        }
    }

    /// Folders of the daemon's own, and hidden ones.
    private static func isPassedOver(_ name: [UInt8]) -> Bool { name.first == UInt8(ascii: ".") }

    private static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }
}
