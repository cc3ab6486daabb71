// SPDX-License-Identifier: GPL-2.0-only
import CInotifyTools
import CWatchShim
import Glibc

extension Watcher {
    /// Watches a root and what is below it. Its files are not told: a scan finds those.
    mutating func begin(_ root: Int) -> Bool {
        let (parent, _) = Self.split(roots[root])
        let mask = UInt32(IN_DELETE | IN_MOVED_FROM) | UInt32(IN_ONLYDIR) | UInt32(IN_MASK_ADD)
        let wd = Self.terminated(parent).withUnsafeBufferPointer { watch_add($0.baseAddress, mask) }
        if wd >= 0, holders[wd]?.contains(root) != true { holders[wd, default: []].append(root) }
        return enter(root, [], tellsFiles: false)
    }

    /// Watches the directory, then lists it, then those below. False when it cannot be watched at all.
    mutating func enter(_ root: Int, _ path: [UInt8], tellsFiles: Bool) -> Bool {
        var todo = [path]
        var isFirst = true
        while let path = todo.popLast() {
            // Folders of the daemon's own, and hidden ones.
            if Self.split(path).name.first == UInt8(ascii: ".") { continue }
            let full = Self.terminated(path.isEmpty ? roots[root] : roots[root] + (roots[root] == [slash] ? [] : [slash]) + path)
            if !watch(root, path, full) {
                if inotifytools_error() == ENOSPC || errno == ENOSPC { tellLimit(root) }
                if !path.isEmpty { outflow.put(.folder, root: root, path) }
                if isFirst { return false }
                continue
            }
            isFirst = false
            list(root, path, full, &todo, tellsFiles: tellsFiles)
        }
        return true
    }

    /// A directory that is watched already keeps its watch, and gets its present name.
    private mutating func watch(_ root: Int, _ path: [UInt8], _ full: [CChar]) -> Bool {
        let flags = UInt32(IN_ONLYDIR) | UInt32(IN_DONT_FOLLOW) | UInt32(IN_EXCL_UNLINK)
        let mask = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB) | flags
        let wd = full.withUnsafeBufferPointer { watch_add($0.baseAddress, mask) }
        guard wd >= 0 else { return false }
        if let owner = owners[wd] {
            if Int(owner) == root, folder(of: wd, root)?.elementsEqual(path) == true { return true }
            forget(wd)
        }
        let isWatched = full.withUnsafeBufferPointer { inotifytools_watch_file($0.baseAddress, Int32(bitPattern: mask)) } == 1
        guard isWatched else { return false }
        // Another one than before when the directory was replaced in between.
        owners[watch_last()] = UInt16(truncatingIfNeeded: root)
        return true
    }

    /// The rights of a folder have changed: one that could not be entered may be open now. The daemon looks for itself, too.
    mutating func reconsider(_ root: Int, _ path: [UInt8]) {
        if Self.split(path).name.first == UInt8(ascii: ".") { return }
        let full = Self.terminated(roots[root] + [slash] + path)
        let wd = full.withUnsafeBufferPointer { watch_add($0.baseAddress, UInt32(IN_DELETE_SELF) | UInt32(IN_ONLYDIR | IN_DONT_FOLLOW | IN_MASK_ADD)) }
        if wd < 0 || owners[wd] == nil { _ = enter(root, path, tellsFiles: true) }
        outflow.put(.folder, root: root, path)
    }

    private mutating func list(_ root: Int, _ path: [UInt8], _ full: [CChar], _ todo: inout [[UInt8]], tellsFiles: Bool) {
        guard let directory = full.withUnsafeBufferPointer({ opendir($0.baseAddress!) }) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let type = Int32(entry.pointee.d_type)
            guard type == 4 || type == 0 || (type == 8 && tellsFiles) else { continue }
            withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
                    let name = UnsafeBufferPointer(start: start, count: strnlen(start, 256))
                    if name.elementsEqual([0x2E]) || name.elementsEqual([0x2E, 0x2E]) { return }
                    let below = path.isEmpty ? Array(name) : path + [slash] + name
                    // Where the file system does not say what it is, it may be either.
                    if type != 8 { todo.append(below) }
                    if type != 4, tellsFiles { outflow.put(.created, root: root, path, name) }
                }
            }
        }
    }

    /// A directory moved away takes its watches along: they are given up.
    mutating func leave(_ root: Int, _ path: [UInt8]) {
        let inside = path + [slash]
        for (wd, owner) in owners where Int(owner) == root {
            guard let folder = folder(of: wd, root) else { continue }
            if folder.elementsEqual(path) || folder.starts(with: inside) { forget(wd) }
        }
        outflow.put(.gone, root: root, path)
    }

    mutating func lose(_ root: Int) {
        guard lost.insert(root).inserted else { return }
        for (wd, owner) in owners where Int(owner) == root { forget(wd) }
        outflow.put(.rootLost, root: root)
    }

    mutating func lookForLost() {
        for root in lost {
            var s = stat()
            guard Self.terminated(roots[root]).withUnsafeBufferPointer({ lstat($0.baseAddress!, &s) }) == 0, s.st_mode & S_IFMT == S_IFDIR else { continue }
            if begin(root) {
                lost.remove(root)
                outflow.put(.rootBack, root: root)
            }
        }
    }

    /// Events were lost, of new directories too: all are entered again before the daemon is told to scan.
    mutating func renew() {
        isStale = false
        for root in roots.indices where !lost.contains(root) { if !begin(root) { lose(root) } }
        outflow.put(.overflow, root: 0)
    }

    private mutating func tellLimit(_ root: Int) {
        if saidLimit { return }
        saidLimit = true
        outflow.put(.limit, root: root, Array("\(owners.count) \(inotifytools_get_max_user_watches())".utf8))
    }

    /// The folder that a path lies in, and its last name.
    static func split(_ path: [UInt8]) -> (folder: [UInt8], name: ArraySlice<UInt8>) {
        guard let cut = path.lastIndex(of: UInt8(ascii: "/")) else { return ([UInt8(ascii: ".")], path[...]) }
        return (cut == 0 ? [UInt8(ascii: "/")] : Array(path[..<cut]), path[(cut + 1)...])
    }

    static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

    private var slash: UInt8 { UInt8(ascii: "/") }
}
