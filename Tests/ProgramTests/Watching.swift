// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

/// A daemon at work on a root of its own.
final class Watching: Sendable {
    let folder: TemporaryFolder
    let root: FilePath
    let process: Int32

    /// `arguments` stand in the place of `ROOT --quiet 0.2`; `through` is a command that runs another, such as setpriv(1). Returns
    /// when the daemon answers, or has died.
    init(
        keeping folder: TemporaryFolder? = nil, through: [String] = [], arguments: [String]? = nil, answersAt place: FilePath? = nil,
        environment: [String: String] = [:]
    ) async throws {
        self.folder = try folder ?? TemporaryFolder()
        let root = place ?? self.folder.path
        self.root = root
        let log = try Descriptor.open(root.appending("daemon.log"), O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        let command = try through + [Program("intray").path.string, "watch"] + (arguments ?? [root.string, "--quiet", "0.2"])
        let process = try Program.start(FilePath(command[0]), Array(command.dropFirst()), environment, output: log.raw)
        self.process = process
        let socket = root.appending("state/control.sock")
        let intray = try Program("intray")
        try await eventually("the daemon answers") {
            if Self.hasDied(process) { return true }
            return socket.exists ? try await intray.run(["status", "--root", root.string]).exitCode == 0 : false
        }
        try root.appending("elsewhere").makeFolders()
    }

    /// Documents in the outbox, assets and sidecars aside.
    func outputs() throws -> [FilePath] {
        try root.appending("outbox").filesBelow().filter { !$0.string.hasPrefix(".stage") && !$0.string.hasSuffix(".json") && !$0.string.contains(".assets/") }
    }

    /// Puts a whole file into the inbox at once.
    func drop(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        let made = root.appending("elsewhere").appending(FilePath(name).components)
        try made.write(bytes)
        let target = root.appending("inbox").appending(FilePath(name).components)
        guard rename(made.string, target.string) == 0 else { throw SystemError("move", target) }
    }

    func drop(_ name: String, _ text: String) throws { try drop(name, text.utf8) }

    var hasDied: Bool { Self.hasDied(process) }

    private static func hasDied(_ process: Int32) -> Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
    }

    func kill() {
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// Asks it to end and expects a clean one.
    func stop() async throws {
        Glibc.kill(process, SIGTERM)
        let process = process
        let status = try await blocking {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 && errno == EINTR {}
            return status
        }
        #expect(status == 0, "the daemon ended with status \(status)")
    }

    /// Its child processes of this program.
    func children(named name: String) throws -> [Int32] {
        let tasks = FilePath("/proc/\(process)/task")
        let directory = try Descriptor.open(tasks, O_RDONLY | O_DIRECTORY)
        var listing = try DirectoryListing(of: directory.raw, path: tasks)
        var found: [Int32] = []
        // Threads and children come and go while they are listed.
        while let thread = try listing.next() {
            let children = (try? Self.short(tasks.appending(thread.name).appending("children"))) ?? ""
            found += children.split(separator: " ").compactMap { Int32($0) }
        }
        return found.filter { ((try? Self.short(FilePath("/proc/\($0)/comm"))) ?? "").hasPrefix(name.prefix(15)) }
    }

    private static func short(_ path: FilePath) throws -> String {
        let file = try Descriptor.open(path, O_RDONLY)
        return String(decoding: try file.read(64 << 10, path: path), as: UTF8.self)
    }
}

/// The command that runs another as a user who may not read everything; nil when there is none.
let unprivileged: [String]? = geteuid() != 0 ? [] : FilePath("/usr/bin/setpriv").exists
    ? ["/usr/bin/setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"] : nil

/// Gives what is there to that user.
func giveToUnprivileged(_ paths: FilePath...) {
    guard geteuid() == 0, let nobody = getpwnam("nobody") else { return }
    for path in paths { chown(path.string, nobody.pointee.pw_uid, nobody.pointee.pw_gid) }
}
