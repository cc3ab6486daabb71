// SPDX-License-Identifier: Apache-2.0
import CLinux
public import ConversionProtocol
import FileAccess
import Synchronization

/// Worker processes behind one call: `convert` waits for a free one, hands the document over and brings the reply back.
///
/// Cancelling the task that awaits `convert` kills the worker of that document and throws `cancelled`. A worker that
/// dies costs its document one attempt and nobody else anything; a nursery that dies is started again.
public final class WorkerPool: ConversionEngine, Sendable {
    /// Hears what a document's worker printed on its standard error, cut at the limit; for a log, not for reports.
    public typealias Notes = @Sendable (JobID, [UInt8]) -> Void

    let configuration: WorkerConfiguration
    private let notes: Notes?
    private let board = Mutex(PoolBoard())

    public init(configuration: WorkerConfiguration, notes: Notes? = nil) {
        self.configuration = configuration
        self.notes = notes
    }

    /// Starts the nurseries and returns when all of them are ready.
    /// - Throws: `ConversionError` with `workerUnavailable`: no such program, not ours, of another version. Nothing runs then.
    public func start() async throws {
        linux_keep_ended_children()
        let slots = board.withLock { $0.setTarget(configuration.count) }
        let first: ConversionError? = await withTaskGroup { group in
            for slot in slots {
                group.addTask { await withCheckedContinuation { ready in self.run(slot) { ready.resume(returning: $0) } } }
            }
            var first: ConversionError?
            for await result in group { if case .failure(let error) = result, first == nil { first = error } }
            return first
        }
        guard let first else { return }
        await stop()
        throw first
    }

    public func convert(
        _ request: ConversionRequest, input: ConversionInput, into receiver: any ReplyReceiver
    ) async throws -> ConversionReply {
        guard input.size <= request.limits.inputBytes else {
            throw ConversionError(.inputLimit, "\(input.size) bytes are more than \(request.limits.inputBytes)")
        }
        let ticket = Ticket(request, input, receiver, notes: notes)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                ticket.awaits(continuation)
                let (isAccepted, idle) = board.withLock { $0.submit(ticket) }
                idle?.wake.call()
                if !isAccepted { ticket.finish(.failure(ConversionError(.cancelled, "cancelled before it was converted"))) }
            }
        } onCancel: {
            ticket.cancel()
            switch board.withLock({ $0.cancel(ticket) }) {
            case .waiting: ticket.finish(.failure(ConversionError(.cancelled, "cancelled before it was converted")))
            case .running(let slot): slot.wake.call()
            case .gone: break
            }
        }
    }

    /// Changes the number of workers, at least one; those too many end after their document.
    public func setCount(_ count: Int) {
        let (new, slots) = board.withLock { ($0.setTarget(count), $0.slots) }
        for slot in new { run(slot) { _ in } }
        for slot in slots { slot.wake.call() }
    }

    /// Kills what runs (its callers get `cancelled`), ends every process and waits for it. More than once is fine.
    public func stop() async {
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            let (waiting, slots, isOver) = board.withLock { board in
                let waiting = board.stop()
                if board.threads > 0 { board.stopping.append(done) }
                return (waiting, board.slots, board.threads == 0)
            }
            for ticket in waiting { ticket.finish(.failure(ConversionError(.cancelled, "cancelled before it was converted"))) }
            for slot in slots { slot.wake.call() }
            if isOver { done.resume() }
        }
    }

    public var counters: WorkerCounters { board.withLock { $0.counters } }
}

extension WorkerPool {
    func next(for slot: WorkerSlot) -> PoolBoard.Duty { board.withLock { $0.next(for: slot) } }
    func count(_ change: (inout WorkerCounters) -> Void) { board.withLock { change(&$0.counters) } }

    private func run(_ slot: WorkerSlot, _ started: @escaping @Sendable (Result<Void, ConversionError>) -> Void) {
        startThread(named: "worker-\(slot.number)") {
            slot.run(self, started: started)
            for stopped in self.board.withLock({ $0.ended() }) { stopped.resume() }
        }
    }
}
