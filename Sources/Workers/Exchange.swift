// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import FileAccess
import Glibc

/// One document with one nursery: the request out, the frames in, the process waited for.
struct Exchange {
    enum Outcome {
        case done(ConversionReply)
        case failed(any Error, spoilsNursery: Bool)
        /// The nursery was gone before it had the document: no attempt of the document's.
        case untouched
    }

    private let nursery: NurseryProcess
    private let ticket: Ticket
    private let wake: Wake
    private let isolation: WorkerConfiguration.Isolation
    private let room: UnsafeMutableRawBufferPointer
    private var reader: FrameReader
    private let builder: ReplyBuilder
    private var clock: ExchangeClock
    private var errorOutput: ErrorOutput
    /// A process, or a process group (negative) of which nobody else is left.
    private var child: pid_t?
    private var end: linux_exit?
    private var stop: WorkerExit.Stop?
    private let cpuBefore: UInt64

    /// Silence after which the child is looked after: it may have died without anybody closing its pipe.
    private static let checkup: UInt64 = 1_000
    /// A quarter of the processor where one other wants it (sched(7)): enough to end within its limits.
    private static let niceness: Int32 = 5
    /// From the end of the reply to the end of the process.
    private static let grace: UInt64 = 5_000

    init(_ ticket: Ticket, with nursery: NurseryProcess, _ configuration: WorkerConfiguration, wake: Wake, room: UnsafeMutableRawBufferPointer) {
        self.nursery = nursery
        self.ticket = ticket
        self.wake = wake
        isolation = configuration.isolation
        self.room = room
        let request = ticket.request
        reader = FrameReader(FrameReader.Limits(request, inputSize: ticket.input.size))
        builder = ReplyBuilder(ticket.receiver, renditions: request.options.formats.count)
        clock = ExchangeClock(request.limits, givesWayAfter: isolation == .document ? configuration.givesWayAfter : nil, now: .now)
        errorOutput = ErrorOutput(nursery.errors, most: request.limits.stderrBytes)
        if case .batch = isolation {
            child = nursery.pid
            cpuBefore = linux_cpu_us(nursery.pid)
        } else {
            cpuBefore = 0
        }
    }

    private var isBatch: Bool { isolation != .document }

    /// Blocks until the document is done with, one way or another.
    mutating func perform() -> Outcome {
        var ends: [Int32] = [-1, -1]
        guard linux_pipe(&ends) == 0 else {
            return .failed(ConversionError(.descriptors, "cannot make a pipe: \(String(cString: strerror(errno)))"), spoilsNursery: false)
        }
        // A long reply through a wide pipe wakes both sides less often: half the time for 40 MB.
        if ticket.input.size > 128 << 10 { linux_widen_pipe(ends[1], 1 << 20) }
        let sent = Handover.send(ticket, reply: ends[1], to: nursery, isBatch: isBatch)
        close(ends[1])
        switch sent {
        case .sent:
            listen(ends[0])
            if !isBatch { waitForChild(ends[0]) } else { waitForBatch() }
            close(ends[0])
            return settle()
        case .nurseryGone:
            close(ends[0])
            return .untouched
        case .failed(let error):
            close(ends[0])
            return .failed(error, spoilsNursery: true)
        }
    }

    /// Reads frames until the end frame, the pipe's end or a reason to stop.
    private mutating func listen(_ reply: Int32) {
        var states = (
            pollfd(fd: reply, events: Int16(POLLIN), revents: 0), pollfd(fd: nursery.errors, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
        )
        while true {
            let now = Instant.now
            if let verdict = clock.verdict(at: now) { return stop = verdict }
            if clock.isToGiveWay(at: now) { giveWay() }
            let timeout = clock.patience(at: now, most: Self.checkup)
            let ready = withUnsafeMutableBytes(of: &states) { poll($0.assumingMemoryBound(to: pollfd.self).baseAddress, 3, timeout) }
            if ready == 0 && childHasEnded() { return }
            guard ready > 0 else { continue }
            if states.2.revents != 0 {
                wake.clear()
                if ticket.isCancelled { return stop = .cancelled }
            }
            if states.1.revents != 0 {
                errorOutput.drain()
                if errorOutput.isFlood { return stop = .stderr }
                // A nursery that has ended leaves its pipe ready for ever.
                if states.1.revents & Int16(POLLIN) == 0 { states.1.fd = -1 }
            }
            if states.0.revents != 0, !take(read(reply, room.baseAddress, room.count)) { return }
        }
    }

    /// False at the end of the reply.
    private mutating func take(_ count: Int) -> Bool {
        guard count > 0 else { return count < 0 && errno == EINTR }
        do {
            let builder = builder
            try reader.read(UnsafeRawBufferPointer(rebasing: room.prefix(count))) { try builder.take($0) }
        } catch let failure as ReplyBuilder.ReceiverFailure {
            stop = .receiver(failure.error)
        } catch let error as ConversionError {
            stop = .reply(error)
        } catch {
            stop = .receiver(error)
        }
        clock.heard(at: .now)
        // A child's own end says the rest, in one wait instead of two; a batch says it by closing the pipe.
        return stop == nil && (isBatch || !reader.isComplete)
    }

    /// Lets documents that take less time go first, as far as the kernel has a say in it.
    private mutating func giveWay() {
        learnChild(within: 0)
        if let child, child > 0 { linux_be_nicer(child, Self.niceness) }
    }

    private mutating func childHasEnded() -> Bool {
        if isBatch { return nursery.isGone }
        learnChild(within: 0)
        guard let child else { return false }
        var how = linux_exit()
        let reaped = linux_reap(child, false, &how)
        if reaped > 0 { end = how }
        return reaped != 0
    }

    private mutating func learnChild(within milliseconds: UInt64) {
        guard child == nil else { return }
        switch nursery.hear(within: milliseconds) {
        case .forked(let pid): child = pid
        case .cannotFork(let number):
            stop = .reply(ConversionError(.workerUnavailable, "cannot fork a worker: \(String(cString: strerror(number)).lowercased())"))
        default:
            // Killed between forking and saying so: with the leader waited for, the group is the child.
            if nursery.isGone, nursery.reap(within: Self.checkup) != nil { child = -nursery.pid }
        }
    }

    /// Ends what still runs and names what happened.
    private mutating func settle() -> Outcome {
        errorOutput.drain()
        let exit = WorkerExit(
            stop: stop, end: end, isComplete: reader.isComplete, complaint: builder.complaint, endsWithDocument: !isBatch,
            limits: ticket.request.limits, inputSize: ticket.input.size)
        if !errorOutput.kept.isEmpty { ticket.heardErrors(errorOutput.kept) }
        // A request that nobody took must not meet the next child, nor a child's number the next document.
        let isTaken = reader.hasBegun || linux_unsent(nursery.documents) == 0
        if !isBatch && end == nil && stop == nil && !reader.hasBegun { return .untouched }
        if let failure = exit.failure {
            let isOutOfStep = !isBatch && end == nil || !isTaken || isBatch && (stop != nil || end != nil)
            return .failed(failure, spoilsNursery: exit.spoilsNursery || isOutOfStep)
        }
        var reply = builder.reply
        reply.losses = reply.losses.gravestFirst
        reply.usage.wallMicroseconds = Instant.now.since(clock.started).wholeNanoseconds / 1_000
        reply.usage.cpuMicroseconds = end?.cpu_us ?? linux_cpu_us(nursery.pid) &- cpuBefore
        reply.usage.peakBytes = end?.peak_bytes ?? 0
        return .done(reply)
    }

    private mutating func waitForChild(_ reply: Int32) {
        learnChild(within: Self.checkup)
        guard let child else { return }
        if stop != nil { kill(child, SIGKILL) }
        if end == nil { end = Reaping.wait(for: child, milliseconds: Self.grace) }
        if end == nil, kill(child, SIGKILL) == 0 {
            end = Reaping.wait(for: child, milliseconds: 2 * Self.grace)
            if stop == nil { stop = .lingering }
        }
        if stop == nil { drain(reply) }
    }

    /// What the dead child left in the pipe, to its end. Anything after the end frame is too much; so is somebody who keeps
    /// the pipe open. (For a moment that may be a program this process is just starting, between its fork and its exec.)
    private mutating func drain(_ reply: Int32) {
        var state = pollfd(fd: reply, events: Int16(POLLIN), revents: 0)
        while stop == nil {
            let ready = poll(&state, 1, Int32(Self.checkup))
            if ready < 0 && errno == EINTR { continue }
            if ready == 0 { stop = .lingering }
            guard ready > 0, state.revents & Int16(POLLIN) != 0 else { return }
            if !take(read(reply, room.baseAddress, room.count)) && !reader.isComplete { return }
        }
    }

    /// A batch converts on after a whole reply; anything else is the end of its process.
    private mutating func waitForBatch() {
        if stop == nil && reader.isComplete { return }
        if stop == nil { end = nursery.reap(within: Self.checkup) }
        if end == nil {
            kill(nursery.pid, SIGKILL)
            end = nursery.reap(within: 2 * Self.grace)
            if stop == nil { end = nil }
        }
    }
}
