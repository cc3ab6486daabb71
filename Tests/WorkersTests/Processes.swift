// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// What `/proc` says about processes.
enum Processes {
    /// Direct children of a process, whatever their state.
    static func children(of parent: pid_t) -> [pid_t] { all().filter { stat($0)?.parent == parent } }

    static func isAlive(_ pid: pid_t) -> Bool { stat(pid).map { $0.state != "Z" && $0.state != "X" } ?? false }

    static func isZombie(_ pid: pid_t) -> Bool { stat(pid)?.state == "Z" }

    static var openDescriptors: Int { entries("/proc/self/fd").count }

    private static func all() -> [pid_t] { entries("/proc").compactMap { pid_t($0) } }

    private static func entries(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } })
        }
        return names
    }

    /// proc(5): pid (name) state ppid …
    private static func stat(_ pid: pid_t) -> (state: String, parent: pid_t)? {
        let file = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var room = [UInt8](repeating: 0, count: 512)
        let count = read(file, &room, room.count)
        guard count > 0 else { return nil }
        let line = String(decoding: room.prefix(count), as: UTF8.self)
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[end...].dropFirst(2).split(separator: " ")
        guard fields.count > 1, let parent = pid_t(fields[1]) else { return nil }
        return (String(fields[0]), parent)
    }
}

/// A program started by a test, its standard output a pipe.
final class Started: Sendable {
    let pid: pid_t
    private let output: Int32

    init(_ program: FilePath, _ arguments: [String]) {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var words = ([program.string] + arguments).map { strdup($0) }
        words.append(nil)
        var pid: pid_t = -1
        posix_spawn(&pid, program.string, &actions, nil, words, environ)
        posix_spawn_file_actions_destroy(&actions)
        words.forEach { free($0) }
        close(ends[1])
        self.pid = pid
        output = ends[0]
    }

    /// Blocks until the program has printed something.
    func firstWords() -> String {
        var room = [UInt8](repeating: 0, count: 200)
        let count = read(output, &room, room.count)
        return String(decoding: room.prefix(max(count, 0)), as: UTF8.self)
    }

    func kill() {
        Glibc.kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    deinit { close(output) }
}
