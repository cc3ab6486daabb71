// SPDX-License-Identifier: Apache-2.0
import CLinux
import CWorker
import ConversionProtocol
import Glibc

/// The loop of a warm, locked process: told to, it forks a child for the document that waits, or converts it itself.
///
/// It never sees a document that a child converts: the child takes the request from the document socket.
struct Nursery {
    let converter: any Converter
    let parent: pid_t
    let version: UInt32
    let isLocked: Bool
    private let rehearsals: [@Sendable () -> Void]
    private var lock = WorkerLock.open

    /// Room for a request, untouched until one comes, so that forking it costs nothing.
    private let room: UnsafeMutableRawBufferPointer

    init(converter: any Converter, parent: pid_t, version: UInt32, isLocked: Bool, rehearsals: [@Sendable () -> Void]) {
        self.converter = converter
        self.parent = parent
        self.version = version
        self.isLocked = isLocked
        self.rehearsals = rehearsals
        let size = 2 << 20
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let start = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let start, start != MAP_FAILED else { _exit(WorkerExitStatus.memory) }
        room = UnsafeMutableRawBufferPointer(start: start, count: size)
    }

    /// - Throws: when it cannot lock itself, or a probe finds the lock open.
    mutating func lockIn() throws(LockdownError) {
        if isLocked { lock = try Sandbox.closeNursery() }
    }

    func serve() -> Never {
        say(.ready(version: version, lock: lock))
        var isTightened = false
        var (forks, rehearsed) = (0, 0)
        while let order = listen() {
            switch order {
            case .fork:
                let pid = worker_clone_sibling()
                if pid == 0 { convertAsChild() }
                if pid > 0 {
                    say(.forked(pid: pid))
                } else {
                    // Nobody else will take the request, and its pipe must end.
                    let number = errno
                    DocumentRun(converter: converter, room: room, isOnly: true, isLocked: isLocked).refuse()
                    say(.cannotFork(errno: number))
                }
                forks += 1
                // Who came for one document is gone before this pays.
                while forks > 1, rehearsed < rehearsals.count, !isTightened, !isAddressed {
                    rehearsals[rehearsed]()
                    rehearsed += 1
                }
            case .convert:
                // Nothing is forked from a process that has read a document.
                if !isTightened { tighten() }
                isTightened = true
                DocumentRun(converter: converter, room: room, isOnly: false, isLocked: isLocked).run(from: WorkerDescriptor.documents)
            case .ready, .forked, .cannotFork: _exit(WorkerExitStatus.badRequest)
            }
        }
        _exit(0)
    }

    private func convertAsChild() -> Never {
        var run = DocumentRun(converter: converter, room: room, isOnly: true, isLocked: isLocked)
        run.receive(from: WorkerDescriptor.documents)
        do throws(LockdownError) { try Lockdown.child(parent: parent) } catch {
            Lockdown.complain(error.description)
            _exit(error.status)
        }
        run.convert()
        _exit(0)
    }

    /// Converts one small text into nowhere, request and reply included: what is loaded and touched here, no child has to load or touch.
    func rehearse() {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array("rehearsal.txt".utf8), mediaType: "text/plain")
        request.limits.addressSpaceBytes = .max
        let text = Array("ok: a text of more than one line,\nwith 12 € and an Übung in it – and so on.\n\n".utf8)
        let message = RequestMessage(request: request, inputSize: UInt64(text.count), isInline: true)
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0 else { return }
        let datagram = message.encoded() + text
        var nowhere: Int32 = 1
        if linux_send_with_fds(ends[0], datagram, datagram.count, &nowhere, 1) == datagram.count {
            DocumentRun(converter: converter, room: room, isOnly: false, isLocked: false).run(from: ends[1])
        }
        for end in ends { close(end) }
    }

    private func tighten() {
        do throws(LockdownError) {
            guard worker_limit(worker_processes, 0, 0) == 0 else { throw LockdownError("limit processes") }
            if isLocked { try Sandbox.close(.batch) }
        } catch {
            Lockdown.complain(error.description)
            _exit(error.status)
        }
    }

    /// Whether an order waits, or the daemon has gone.
    private var isAddressed: Bool {
        var entry = pollfd(fd: WorkerDescriptor.control, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) != 0
    }

    /// The next order; nil when the daemon has gone.
    private func listen() -> ControlMessage? {
        withUnsafeTemporaryAllocation(byteCount: ControlMessage.size, alignment: 8) { room in
            var count: Int
            repeat { count = recv(WorkerDescriptor.control, room.baseAddress, room.count, 0) } while count < 0 && errno == EINTR
            guard count > 0 else { return nil }
            return ControlMessage(UnsafeRawBufferPointer(rebasing: room.prefix(count)))
        }
    }

    private func say(_ message: ControlMessage) {
        _ = message.bytes.withUnsafeBytes { send(WorkerDescriptor.control, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
}
