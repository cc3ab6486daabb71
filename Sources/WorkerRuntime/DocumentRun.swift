// SPDX-License-Identifier: Apache-2.0
import CLinux
import CWorker
import ConversionProtocol
import Glibc

/// One document in this process: request in, converter, reply out.
struct DocumentRun {
    let converter: any Converter
    let room: UnsafeMutableRawBufferPointer
    /// Whether the process ends with this document.
    let isOnly: Bool
    let isLocked: Bool

    private var message: RequestMessage?
    private var inlineInput = UnsafeRawBufferPointer(start: nil, count: 0)
    private var reply: Int32 = -1
    private var inputDescriptor: Int32 = -1

    init(converter: any Converter, room: UnsafeMutableRawBufferPointer, isOnly: Bool, isLocked: Bool) {
        self.converter = converter
        self.room = room
        self.isOnly = isOnly
        self.isLocked = isLocked
    }

    consuming func run(from socket: Int32) {
        receive(from: socket)
        convert()
    }

    /// Takes the request and drops it.
    consuming func refuse() {
        receive(from: WorkerDescriptor.documents)
        close(reply)
        if inputDescriptor >= 0 { close(inputDescriptor) }
    }

    /// Takes the request and its descriptors: the reply pipe first, then the document unless it is inline.
    mutating func receive(from socket: Int32) {
        var descriptors: (Int32, Int32) = (-1, -1)
        var taken: Int32 = 2
        let count = withUnsafeMutableBytes(of: &descriptors) {
            linux_recv_with_fds(socket, room.baseAddress, room.count, $0.baseAddress?.assumingMemoryBound(to: Int32.self), &taken)
        }
        guard count > 0, taken >= 1, let (message, input) = RequestMessage.decode(UnsafeRawBufferPointer(rebasing: room.prefix(count))),
            taken == (message.isInline ? 1 : 2)
        else {
            Lockdown.complain("a request that makes no sense")
            _exit(WorkerExitStatus.badRequest)
        }
        self.message = message
        inlineInput = input
        (reply, inputDescriptor) = descriptors
    }

    mutating func convert() {
        guard let message else { _exit(WorkerExitStatus.badRequest) }
        let request = message.request
        let pipe = ReplyPipe(reply, request: request, inputSize: message.inputSize)
        do throws(LockdownError) {
            try Lockdown.limits(request.limits, input: message.inputSize, isOnly: isOnly)
            if isOnly && isLocked { try Sandbox.close(.document) }
        } catch {
            Lockdown.complain(error.description)
            _exit(error.status)
        }
        let input = message.isInline ? inlineInput : map(message.inputSize)
        do throws(ConversionError) {
            try pipe.begin()
            try converter.convert(request, input, reply: pipe)
            try pipe.finish()
        } catch {
            pipe.fail(error)
        }
        if isOnly { return }
        _ = worker_cpu_alarm(0)
        close(reply)
        if !message.isInline, let start = input.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), input.count) }
    }

    /// The passed file as memory. A file of another size than announced has changed already.
    private func map(_ size: UInt64) -> UnsafeRawBufferPointer {
        defer { close(inputDescriptor) }
        var facts = stat()
        // Not fstat(3), which asks by an empty path: the lock refuses every path.
        guard worker_file_facts(inputDescriptor, &facts) == 0, UInt64(facts.st_size) == size else { _exit(WorkerExitStatus.inputChanged) }
        guard size > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let populate = size <= 8 << 20 ? MAP_POPULATE : 0
        let start = mmap(nil, Int(size), PROT_READ, MAP_PRIVATE | populate, inputDescriptor, 0)
        guard let start, start != MAP_FAILED else { _exit(errno == ENOMEM ? WorkerExitStatus.memory : WorkerExitStatus.badRequest) }
        worker_watch_input(start, Int(size))
        return UnsafeRawBufferPointer(start: start, count: Int(size))
    }
}
