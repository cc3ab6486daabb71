// SPDX-License-Identifier: Apache-2.0
import CLinux
package import FileAccess
import Glibc
import SystemPackage

/// One run of a hook, from its start until nothing of its process group is left or it has ended by itself.
///
/// Blocks its thread: `run` of `HookCall` takes one of its own.
struct HookProcess {
    let call: HookCall
    /// Rung when the run is to be broken off.
    let stop: Wake

    private let process: pid_t
    private let watch: Descriptor
    /// nil once everything is sent: its reader sees the end.
    private var input: Descriptor?
    /// nil once there is no more to come.
    private var errors: Descriptor?
    private var output: Descriptor?

    /// - Throws: `SystemError` when the program cannot be started.
    init(_ call: HookCall, stop: Wake) throws {
        self.call = call
        self.stop = stop
        let (theirInput, input) = try Self.pipe()
        let (errors, theirErrors) = try Self.pipe()
        let (output, theirOutput) = call.wantsOutput ? try Self.pipe() : (nil, nil)
        let options = try Self.memory(call.options)
        self.input = input
        self.errors = errors
        self.output = output
        let program = FilePath(call.command.first ?? "")
        var arguments: [UnsafeMutablePointer<CChar>?] = call.command.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = call.environment.map { variable in
            variable.withUnsafeBytes { raw in raw.bindMemory(to: CChar.self).baseAddress.flatMap { strndup($0, raw.count) } }
        } + [nil]
        defer { for text in arguments + environment { free(text) } }
        process = program.withPlatformString { path in
            arguments.withUnsafeMutableBufferPointer { arguments in
                environment.withUnsafeMutableBufferPointer { environment in
                    var hook = linux_hook(
                        program: path, arguments: arguments.baseAddress, environment: environment.baseAddress, input: theirInput.raw,
                        output: theirOutput?.raw ?? -1, errors: theirErrors.raw, extra: options?.raw ?? -1)
                    return linux_spawn_hook(&hook)
                }
            }
        }
        withExtendedLifetime((theirInput, theirErrors, theirOutput, options)) {}
        guard process > 0 else { throw SystemError("start", program, errno: -process) }
        let watching = linux_pidfd_open(process)
        guard watching >= 0 else {
            let number = errno
            kill(-process, SIGKILL)
            while waitpid(process, nil, 0) < 0 && errno == EINTR {}
            throw SystemError("watch", program, errno: number)
        }
        watch = Descriptor(owning: watching)
        for end in [self.input, errors, output] { if let end { _ = fcntl(end.raw, F_SETFL, O_NONBLOCK) } }
    }

    private static func memory(_ bytes: [UInt8]) throws -> Descriptor? {
        guard !bytes.isEmpty else { return nil }
        let made = bytes.withUnsafeBytes { linux_sealed_memory($0.baseAddress, $0.count) }
        guard made >= 0 else { throw SystemError("make memory for", "hook") }
        return Descriptor(owning: made)
    }

    private static func pipe() throws -> (reading: Descriptor, writing: Descriptor) {
        var ends: [Int32] = [-1, -1]
        guard linux_pipe(&ends) == 0 else { throw SystemError("open a pipe for", "hook") }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }

    /// Feeds it, listens to it, and ends it in time.
    mutating func end() -> HookRun {
        let start = Instant.now
        var run = HookRun(ending: .stopped)
        var deadline = start + call.timeout
        var told: HookRun.Ending?
        var isKilled = false
        var unsent = call.input[...]
        if unsent.isEmpty { input = nil }
        while true {
            let left = Int32(clamping: deadline.since(.now).wholeMilliseconds + 1)
            var watched = [
                pollfd(fd: watch.raw, events: Int16(POLLIN), revents: 0), pollfd(fd: errors?.raw ?? -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: output?.raw ?? -1, events: Int16(POLLIN), revents: 0), pollfd(fd: told == nil ? stop.descriptor : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: input?.raw ?? -1, events: Int16(POLLOUT), revents: 0),
            ]
            let ready = poll(&watched, nfds_t(watched.count), isKilled ? -1 : left)
            if ready < 0 && errno != EINTR { break }
            if watched[1].revents != 0, let end = errors, Self.take(end, into: &run.errors, keepingLast: 4 << 10) { errors = nil }
            if watched[2].revents != 0, let end = output, Self.take(end, into: &run.output, keepingFirst: 64 << 10) { output = nil }
            if watched[4].revents != 0, !feed(&unsent) { input = nil }
            if watched[0].revents != 0 { break }
            let isStopped = watched[3].revents != 0
            if isStopped || (told == nil && Instant.now >= deadline) {
                told = isStopped ? .stopped : .timedOut
                kill(-process, SIGTERM)
                deadline = .now + call.killGrace
            } else if told != nil, !isKilled, Instant.now >= deadline {
                kill(-process, SIGKILL)
                isKilled = true
            }
        }
        // Before it is reaped its group cannot be another's.
        if told != nil { kill(-process, SIGKILL) }
        if let errors { Self.take(errors, into: &run.errors, keepingLast: 4 << 10) }
        if let output { Self.take(output, into: &run.output, keepingFirst: 64 << 10) }
        run.ending = told ?? reap()
        if told != nil { _ = reap() }
        run.milliseconds = Double(Instant.now.since(start).wholeNanoseconds) / 1_000_000
        return run
    }

    private func reap() -> HookRun.Ending {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
    }

    /// False when there is nothing left to send, or nobody who reads.
    private func feed(_ unsent: inout ArraySlice<UInt8>) -> Bool {
        guard let input else { return false }
        let n = unsent.withUnsafeBytes { Glibc.write(input.raw, $0.baseAddress, $0.count) }
        if n < 0 { return errno == EAGAIN || errno == EINTR }
        unsent = unsent.dropFirst(n)
        return !unsent.isEmpty
    }

    /// True at the end of what there is to come.
    @discardableResult
    private static func take(_ end: Descriptor, into bytes: inout [UInt8], keepingLast most: Int = .max, keepingFirst first: Int = .max) -> Bool {
        var room = [UInt8](repeating: 0, count: 16 << 10)
        // A flood is read in bounded turns, so that the time is looked at in between.
        for _ in 0..<16 {
            let n = read(end.raw, &room, room.count)
            guard n > 0 else { return n == 0 }
            bytes += room.prefix(min(n, max(0, first - bytes.count)))
            if bytes.count > most { bytes.removeFirst(bytes.count - most) }
        }
        return false
    }
}

extension HookCall {
    /// Runs the hook on a thread of its own. `stop` breaks it off.
    package func run(stop: Wake) async -> HookRun {
        await withCheckedContinuation { done in
            startThread(named: "hook") {
                do { done.resume(returning: try runBlocking(stop)) } catch {
                    done.resume(returning: HookRun(ending: .notStarted("\(error)")))
                }
            }
        }
    }

    private func runBlocking(_ stop: Wake) throws -> HookRun {
        var call = self
        if let request { call.options = try request.options(now: WallClock.milliseconds / 1_000) }
        var process = try HookProcess(call, stop: stop)
        let run = process.end()
        return request == nil ? run : run.readAsAnswer(now: WallClock.milliseconds / 1_000)
    }
}
