// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc
import Synchronization
package import SystemPackage

/// The daemon's end of `intray-watcher`: starts it, reads it, and starts it again when it dies.
///
/// One thread does all three and lives as long as the link, since the program ends with the thread that started it. It
/// hands each hint over itself, so nothing is held on the way but what the pipe and the watcher hold.
package final class WatcherLink: Sendable {
    private let program: FilePath
    private let roots: [FilePath]
    private let desk = Mutex(Desk())
    /// Rung to cut the pause between two starts short.
    private let pause = Wake()

    private struct Desk: Sendable {
        var process: Int32?
        /// The program's standard input: it ends when this closes.
        var lifeline: Descriptor?
        var isStopped = false
        var ended: CheckedContinuation<Void, Never>?
    }

    package init(program: FilePath, roots: [FilePath]) {
        self.program = program
        self.roots = roots
    }

    package var watcherPID: Int32? { desk.withLock { $0.process } }

    /// Runs until it is stopped, or the task is cancelled, and the program has ended. `deliver` is called on the link's
    /// thread and must not wait; it gets an `overflow` after each end of the program.
    package func run(_ deliver: @escaping @Sendable (WatcherHint) -> Void) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { ended in
                desk.withLock { $0.ended = ended }
                startThread(named: "watcher") { self.serve(deliver) }
            }
        } onCancel: {
            stop()
        }
    }

    package func stop() {
        desk.withLock { desk in
            desk.isStopped = true
            desk.lifeline = nil
        }
        pause.signal()
    }

    private func serve(_ deliver: (WatcherHint) -> Void) {
        var wait: Int32 = 50
        while !desk.withLock({ $0.isStopped }) {
            let started = Instant.now
            if let output = launch() {
                listen(to: output, deliver)
                reap()
            }
            guard !desk.withLock({ $0.isStopped }) else { break }
            deliver(.overflow)
            if Instant.now.since(started) > .seconds(10) { wait = 50 }
            pause.wait(milliseconds: wait)
            wait = min(wait * 2, 5_000)
        }
        desk.withLock { desk in
            defer { desk.ended = nil }
            return desk.ended
        }?.resume()
    }

    /// The program's standard output; nil when it cannot be started.
    private func launch() -> Descriptor? {
        var input: [Int32] = [-1, -1]
        var output: [Int32] = [-1, -1]
        guard linux_pipe(&input) == 0 else { return nil }
        let (theirInput, lifeline) = (Descriptor(owning: input[0]), Descriptor(owning: input[1]))
        guard linux_pipe(&output) == 0 else { return nil }
        let (reading, theirOutput) = (Descriptor(owning: output[0]), Descriptor(owning: output[1]))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, theirInput.raw, 0)
        posix_spawn_file_actions_adddup2(&actions, theirOutput.raw, 1)
        var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + roots).map { $0.withPlatformString { strdup($0) } } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [strdup("LC_ALL=C.UTF-8"), nil]
        defer { for text in arguments + environment { free(text) } }
        var process: pid_t = 0
        guard program.withPlatformString({ posix_spawn(&process, $0, &actions, nil, &arguments, &environment) }) == 0 else { return nil }
        withExtendedLifetime((theirInput, theirOutput)) {}
        desk.withLock { desk in
            desk.process = process
            desk.lifeline = desk.isStopped ? nil : lifeline
        }
        return reading
    }

    private func listen(to output: Descriptor, _ deliver: (WatcherHint) -> Void) {
        var records = WatcherRecords()
        var room = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let n = read(output.raw, &room, room.count)
            if n < 0 && errno == EINTR { continue }
            guard n > 0, let hints = try? records.feed(room.prefix(n)) else { return }
            for hint in hints { deliver(hint) }
        }
    }

    private func reap() {
        let process = desk.withLock { desk in
            defer { desk.process = nil }
            desk.lifeline = nil
            return desk.process
        }
        guard let process else { return }
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    }
}
