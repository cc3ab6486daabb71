// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import FileAccess
import Glibc
import SystemPackage

/// A worker program that runs: its process, its sockets and what it has done. Belongs to one slot's thread.
final class NurseryProcess {
    let pid: pid_t
    let control: Int32
    let documents: Int32
    let errors: Int32
    let started = Instant.now
    /// Requests up to this size go in one datagram.
    let inlineRoom: Int
    var converted = 0
    private(set) var lock = WorkerLock.open
    private var isReaped = false

    /// More than this goes as a sealed memory file. It costs the same (measured from 16 KiB to 1 MiB), and a datagram's
    /// size is bounded by net.core.wmem_max, 208 KiB by default.
    private static let mostInline = 128 << 10

    /// Starts the program and waits for its first word.
    /// - Throws: `workerUnavailable`.
    init(_ configuration: WorkerConfiguration) throws(ConversionError) {
        var controlEnds: [Int32] = [-1, -1], documentEnds: [Int32] = [-1, -1], errorEnds: [Int32] = [-1, -1]
        guard linux_worker_sockets(&controlEnds, 0) == 0, linux_worker_sockets(&documentEnds, Int32(2 * Self.mostInline)) == 0,
            linux_pipe(&errorEnds) == 0
        else {
            let number = errno
            for end in controlEnds + documentEnds where end >= 0 { close(end) }
            throw ConversionError(.descriptors, "cannot start a worker: \(String(cString: strerror(number)))")
        }
        control = controlEnds[0]
        documents = documentEnds[0]
        errors = errorEnds[0]
        _ = fcntl(errors, F_SETFL, O_NONBLOCK)
        inlineRoom = min(Self.mostInline, linux_datagram_room(documents))
        let program = configuration.program
        pid = Spawner.shared.spawn(Spawner.Plan(
            program: program.string, arguments: configuration.arguments + [configuration.user.argument] + (configuration.sandbox == .off ? ["--no-sandbox"] : []),
            errors: errorEnds[1], control: controlEnds[1], documents: documentEnds[1]))
        for end in [controlEnds[1], documentEnds[1], errorEnds[1]] { close(end) }
        if pid < 0 {
            throw ConversionError(.workerUnavailable, "cannot start \(program.quoted): \(String(cString: strerror(-pid)).lowercased())")
        }
        let word = hear(within: configuration.startMilliseconds)
        switch word {
        case .ready(RequestMessage.version, let lock):
            guard lock.isFiltered || configuration.sandbox == .off else {
                throw ConversionError(.workerUnavailable, "cannot use \(program.quoted): it says that it is not locked in")
            }
            self.lock = lock
        case .ready(let version, _):
            throw ConversionError(
                .workerUnavailable,
                "cannot use \(program.quoted): it speaks version \(version), not \(RequestMessage.version); install both programs from one build")
        case nil where isGone:
            throw ConversionError(.workerUnavailable, "cannot start \(program.quoted): it ended at once\(lastWords)")
        default:
            throw ConversionError(.workerUnavailable, "cannot start \(program.quoted): it did not answer in \(configuration.startMilliseconds) ms")
        }
    }

    /// Ends the program and every child it has left, and waits for them.
    deinit {
        close(control)
        close(documents)
        // While the leader is not waited for, its number is nobody else's, nor its group's.
        if pid > 0 && !isReaped {
            kill(pid, SIGKILL)
            linux_kill_group(pid)
            Reaping.waitForGroup(pid, milliseconds: 10_000)
        }
        close(errors)
    }

    /// Waits for the program itself.
    func reap(within milliseconds: UInt64) -> linux_exit? {
        guard !isReaped, let end = Reaping.wait(for: pid, milliseconds: milliseconds) else { return nil }
        isReaped = true
        return end
    }

    /// Whether the program has closed its control socket: it has ended or is ending.
    var isGone: Bool {
        var state = pollfd(fd: control, events: 0, revents: 0)
        return poll(&state, 1, 0) > 0
    }

    func say(_ message: ControlMessage) -> Bool {
        message.bytes.withUnsafeBytes { send(control, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == ControlMessage.size
    }

    /// The program's next word; nil when none came in time, or none will.
    func hear(within milliseconds: UInt64) -> ControlMessage? {
        let end = Instant.now + .milliseconds(milliseconds)
        return withUnsafeTemporaryAllocation(byteCount: ControlMessage.size, alignment: 8) { room in
            while true {
                let count = recv(control, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
                if count >= 0 { return ControlMessage(UnsafeRawBufferPointer(rebasing: room.prefix(count))) }
                guard errno == EAGAIN || errno == EINTR else { return nil }
                let left = end.since(.now).wholeMilliseconds
                guard left > 0 else { return nil }
                var state = pollfd(fd: control, events: Int16(POLLIN), revents: 0)
                poll(&state, 1, Int32(clamping: left))
            }
        }
    }

    /// How the program ended, with the first line it left: it has read no document yet.
    private var lastWords: String {
        var text = ""
        if let end = reap(within: 1_000) { text = " (\(WorkerExit.describe(end)))" }
        var room = [UInt8](repeating: 0, count: 400)
        let count = read(errors, &room, room.count)
        if count > 0, let line = String(decoding: room.prefix(count), as: UTF8.self).split(separator: "\n").first {
            text += ": \(PlainStrings.clean(String(line)))"
        }
        return text
    }
}
