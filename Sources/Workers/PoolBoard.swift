// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol

/// The pool's bookkeeping: who waits, which slots there are, which of them are idle. Says what is to be done; does nothing.
struct PoolBoard {
    enum Duty {
        case convert(Ticket)
        case idle
        case end
    }

    private(set) var isStopped = false
    private(set) var slots: [WorkerSlot] = []
    private var idle: [WorkerSlot] = []
    private var waiting: [Ticket] = []
    private var running: [ObjectIdentifier: Ticket] = [:]
    private var target = 0
    /// Slots whose thread has not ended.
    private(set) var threads = 0
    /// Resumed when the last slot has ended.
    var stopping: [CheckedContinuation<Void, Never>] = []
    var counters = WorkerCounters()

    /// The slots to start; those beyond the target end when they have nothing to do.
    mutating func setTarget(_ count: Int) -> [WorkerSlot] {
        guard !isStopped else { return [] }
        target = max(count, 1)
        let present = Set(slots.map(\.number))
        let new = (0..<target).filter { !present.contains($0) }.map(WorkerSlot.init)
        slots += new
        threads += new.count
        return new
    }

    /// A slot's thread has ended, and its processes with it. Who is to hear that all have.
    mutating func ended() -> [CheckedContinuation<Void, Never>] {
        threads -= 1
        guard isStopped, threads == 0 else { return [] }
        defer { stopping = [] }
        return stopping
    }

    /// Takes a call in; the slot to wake, if one is idle. Nil and false when the pool is stopped or nobody wants the call any more.
    mutating func submit(_ ticket: Ticket) -> (accepted: Bool, wake: WorkerSlot?) {
        guard !isStopped, !ticket.isCancelled else { return (false, nil) }
        waiting.append(ticket)
        return (true, idle.popLast())
    }

    /// What a slot does next. The one that ends is forgotten here.
    mutating func next(for slot: WorkerSlot) -> Duty {
        running[ObjectIdentifier(slot)] = nil
        idle.removeAll { $0 === slot }
        if isStopped || slot.number >= target {
            slots.removeAll { $0 === slot }
            return .end
        }
        guard !waiting.isEmpty else {
            idle.append(slot)
            return .idle
        }
        let ticket = waiting.removeFirst()
        running[ObjectIdentifier(slot)] = ticket
        counters.documents += 1
        return .convert(ticket)
    }

    enum Cancelled {
        case waiting, running(WorkerSlot), gone
    }

    mutating func cancel(_ ticket: Ticket) -> Cancelled {
        if let place = waiting.firstIndex(where: { $0 === ticket }) {
            waiting.remove(at: place)
            return .waiting
        }
        if let slot = slots.first(where: { running[ObjectIdentifier($0)] === ticket }) { return .running(slot) }
        return .gone
    }

    /// Nothing is taken in any more; everything under way is to be answered with `cancelled`.
    mutating func stop() -> [Ticket] {
        isStopped = true
        for ticket in running.values { ticket.cancel() }
        defer { waiting = [] }
        return waiting
    }
}
