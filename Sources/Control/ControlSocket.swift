// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc
package import SystemPackage

/// The daemon's end of `control.sock`: mode 0600, and only for the daemon's own user and root.
///
/// One thread accepts, collects request lines and waits for callers that take their answers slowly, so none of them holds
/// up anybody; it sleeps while nobody calls.
package final class ControlSocket: Sendable {
    package let requests: AsyncStream<ControlConnection>
    private let listener: Descriptor
    private let slow = SlowCallers()
    private let path: FilePath

    /// Takes the place of a socket left behind by a daemon that died; the caller holds the state lock.
    package init(at path: FilePath) throws {
        self.path = path
        let raw = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard raw >= 0 else { throw SystemError("open", path) }
        listener = Descriptor(owning: raw)
        _ = path.withPlatformString { unlink($0) }
        let mask = umask(0o177)
        defer { umask(mask) }
        try SocketAddress.with(path) { address, length in
            guard bind(raw, address, length) == 0, listen(raw, 64) == 0 else { throw SystemError("listen on", path) }
        }
        let (requests, feed) = AsyncStream.makeStream(of: ControlConnection.self, bufferingPolicy: .bufferingNewest(256))
        self.requests = requests
        let (listener, slow) = (listener, slow)
        startThread(named: "control") {
            var reception = Reception(listener: listener, slow: slow, feed: feed)
            reception.run()
        }
    }

    package func close() {
        slow.close()
        _ = path.withPlatformString { unlink($0) }
    }
}

/// The thread's own state: connections whose request line is not complete yet.
private struct Reception {
    let listener: Descriptor
    let slow: SlowCallers
    let feed: AsyncStream<ControlConnection>.Continuation
    var waiting: [(descriptor: Descriptor, line: [UInt8])] = []
    /// No caller is let in before: the process or the machine had no descriptor left for one.
    var fullUntil: Instant?

    init(listener: Descriptor, slow: SlowCallers, feed: AsyncStream<ControlConnection>.Continuation) {
        self.listener = listener
        self.slow = slow
        self.feed = feed
    }

    mutating func run() {
        defer { feed.finish() }
        while true {
            let now = Instant.now
            if let end = fullUntil, end <= now { fullUntil = nil }
            let writers = slow.waiting
            var set = [pollfd(fd: slow.descriptor, events: Int16(POLLIN), revents: 0)]
            set.append(pollfd(fd: listener.raw, events: Int16(waiting.count < 64 && fullUntil == nil ? POLLIN : 0), revents: 0))
            set += waiting.map { pollfd(fd: $0.descriptor.raw, events: Int16(POLLIN), revents: 0) }
            set += writers.map { pollfd(fd: $0.descriptor, events: Int16(POLLOUT), revents: 0) }
            guard poll(&set, nfds_t(set.count), Self.pause(until: (writers.map(\.due) + [fullUntil].compactMap(\.self)).min(), now)) >= 0 || errno == EINTR else { return slow.close() }
            if set[0].revents != 0, !slow.isOpen() { return }
            slow.look(at: zip(writers, set.suffix(writers.count)).filter { $1.revents != 0 }.map(\.0.number), .now)
            for place in waiting.indices.reversed() where set[place + 2].revents != 0 {
                if read(&waiting[place]) { waiting.remove(at: place) }
            }
            if set[1].revents != 0 { accept() }
        }
    }

    /// Milliseconds, rounded up; -1 for no end.
    private static func pause(until due: Instant?, _ now: Instant) -> Int32 {
        due.map { Int32(clamping: max(0, $0.since(now).wholeMilliseconds + 1)) } ?? -1
    }

    private mutating func accept() {
        let raw = Glibc.accept(listener.raw, nil, nil)
        guard raw >= 0 else {
            // The caller stays in the kernel's queue, which would wake this thread again at once.
            if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { fullUntil = .now + .milliseconds(200) }
            return
        }
        let descriptor = Descriptor(owning: raw)
        _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
        let user = linux_peer_uid(raw)
        guard user == 0 || user == Int64(geteuid()) else { return }
        waiting.append((descriptor, []))
    }

    /// Takes what there is; true when the connection has left this thread, as a request or as closed.
    private func read(_ caller: inout (descriptor: Descriptor, line: [UInt8])) -> Bool {
        var room = [UInt8](repeating: 0, count: 4_096)
        let got = recv(caller.descriptor.raw, &room, room.count, Int32(MSG_DONTWAIT))
        if got < 0 { return errno != EAGAIN && errno != EINTR }
        caller.line += room.prefix(got)
        if caller.line.last == UInt8(ascii: "\n") {
            feed.yield(ControlConnection(caller.descriptor, line: caller.line, slow))
            return true
        }
        return got == 0 || caller.line.count > 64 << 10
    }
}
