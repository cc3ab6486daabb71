// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc
package import SystemPackage

/// The daemon's end of `control.sock`: mode 0600, and only for the daemon's own user and root.
///
/// One thread accepts and collects request lines, so a slow caller holds up nobody; it sleeps while nobody calls.
package final class ControlSocket: Sendable {
    package let requests: AsyncStream<ControlConnection>
    private let feed: AsyncStream<ControlConnection>.Continuation
    private let listener: Descriptor
    private let wake: Descriptor
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
        let event = linux_eventfd()
        guard event >= 0 else { throw SystemError("listen on", path) }
        wake = Descriptor(owning: event)
        (requests, feed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
        let (listener, wake, feed) = (listener, wake, feed)
        startThread(named: "control") {
            var reception = Reception(listener: listener, wake: wake, feed: feed)
            reception.run()
        }
    }

    package func close() {
        var one: UInt64 = 1
        _ = write(wake.raw, &one, 8)
        _ = path.withPlatformString { unlink($0) }
    }
}

/// The thread's own state: connections whose request line is not complete yet.
private struct Reception {
    let listener: Descriptor
    let wake: Descriptor
    let feed: AsyncStream<ControlConnection>.Continuation
    var waiting: [(descriptor: Descriptor, line: [UInt8])] = []

    init(listener: Descriptor, wake: Descriptor, feed: AsyncStream<ControlConnection>.Continuation) {
        self.listener = listener
        self.wake = wake
        self.feed = feed
    }

    mutating func run() {
        defer { feed.finish() }
        while true {
            var set = [pollfd(fd: wake.raw, events: Int16(POLLIN), revents: 0)]
            set.append(pollfd(fd: listener.raw, events: Int16(waiting.count < 64 ? POLLIN : 0), revents: 0))
            set += waiting.map { pollfd(fd: $0.descriptor.raw, events: Int16(POLLIN), revents: 0) }
            guard poll(&set, nfds_t(set.count), -1) >= 0 || errno == EINTR else { return }
            if set[0].revents != 0 { return }
            for place in waiting.indices.reversed() where set[place + 2].revents != 0 {
                if read(&waiting[place]) { waiting.remove(at: place) }
            }
            if set[1].revents != 0 { accept() }
        }
    }

    private mutating func accept() {
        let raw = Glibc.accept(listener.raw, nil, nil)
        guard raw >= 0 else { return }
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
            feed.yield(ControlConnection(caller.descriptor, line: caller.line))
            return true
        }
        return got == 0 || caller.line.count > 64 << 10
    }
}
