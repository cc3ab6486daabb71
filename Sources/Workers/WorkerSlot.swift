// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc

/// One place for one worker, with a thread of its own: keeps a nursery ready, converts, repairs.
final class WorkerSlot: Sendable {
    let number: Int
    let wake: Wake

    init(number: Int) {
        self.number = number
        wake = Wake()
    }

    /// Blocks until the pool no longer wants this slot. `started` hears once how the first start went.
    func run(_ pool: WorkerPool, started: @escaping (Result<Void, ConversionError>) -> Void) {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
        defer { room.deallocate() }
        var crib = Crib(pool: pool, wake: wake)
        started(crib.startPatiently())
        while true {
            switch pool.next(for: self) {
            case .convert(let ticket): ticket.finish(crib.convert(ticket, room))
            case .idle: crib.idle()
            case .end: return
            }
        }
    }
}

/// A slot's nursery, if it has one, and when it gets another. Belongs to the slot's thread.
private struct Crib {
    private let pool: WorkerPool
    private let wake: Wake
    private var nursery: NurseryProcess?
    private var pacing = NurseryPacing()
    private var hadOne = false

    /// Starts for one document, or at first, before it is the environment's fault.
    private static let tries = 3

    init(pool: WorkerPool, wake: Wake) {
        self.pool = pool
        self.wake = wake
    }

    mutating func start() -> Result<Void, ConversionError> {
        guard wake.descriptor >= 0 else {
            return .failure(ConversionError(.descriptors, "cannot start a worker: no descriptors left"))
        }
        do throws(ConversionError) {
            let started = try NurseryProcess(pool.configuration)
            nursery = started
            pool.count {
                $0.lock = started.lock
                if hadOne { $0.restarts += 1 }
            }
            hadOne = true
            return .success(())
        } catch {
            pacing.failed(at: .now)
            return .failure(error)
        }
    }

    /// The first start, tried as often as one for a document: what kills one worker at its birth says nothing about the program.
    mutating func startPatiently() -> Result<Void, ConversionError> {
        var result = start()
        for attempt in 1..<Self.tries {
            guard case .failure = result else { break }
            pause(milliseconds: 50 << Int32(attempt - 1))
            result = start()
        }
        return result
    }

    /// Waits for a call, a nursery's death, or the time to start another.
    mutating func idle() {
        if nursery == nil, pacing.delay(at: .now) == .zero { _ = start() }
        let timeout = nursery == nil ? Int32(clamping: pacing.delay(at: .now).wholeMilliseconds + 1) : -1
        var states = [pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: nursery?.control ?? -1, events: 0, revents: 0)]
        poll(&states, 2, timeout)
        if states[0].revents != 0 { wake.clear() }
        if states[1].revents != 0 { bury() }
    }

    mutating func convert(_ ticket: Ticket, _ room: UnsafeMutableRawBufferPointer) -> Result<ConversionReply, any Error> {
        var why = ConversionError(.workerUnavailable, "the worker ends before it takes a document")
        for attempt in 0..<Self.tries {
            if ticket.isCancelled { return .failure(ConversionError(.cancelled, "cancelled before it was converted")) }
            if nursery == nil, case .failure(let error) = start() {
                why = error
                if attempt + 1 < Self.tries { pause(milliseconds: 50 << Int32(attempt)) }
                continue
            }
            guard let nursery else { continue }
            var exchange = Exchange(ticket, with: nursery, pool.configuration, wake: wake, room: room)
            switch exchange.perform() {
            case .untouched: bury()
            case .done(let reply):
                nursery.converted += 1
                pacing.worked()
                if isWorn(nursery) { self.nursery = nil }
                return .success(reply)
            case .failed(let error, let spoils):
                nursery.converted += 1
                if spoils || isWorn(nursery) { self.nursery = nil }
                if let error = error as? ConversionError { pool.count { $0.failures[error.code, default: 0] += 1 } }
                return .failure(error)
            }
        }
        return .failure(why)
    }

    private mutating func bury() {
        if let nursery { pacing.died(after: Instant.now.since(nursery.started), at: .now) }
        nursery = nil
    }

    /// Whether a nursery has served its time; the next one is started before the next document comes.
    private func isWorn(_ nursery: NurseryProcess) -> Bool {
        let configuration = pool.configuration
        let most: Int =
            switch configuration.isolation {
            case .document: configuration.nurseryDocuments
            case .batch(let documents): documents
            }
        return nursery.converted >= most || Instant.now.since(nursery.started) >= .seconds(60 * configuration.nurseryMinutes)
    }

    private func pause(milliseconds: Int32) {
        var state = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
        poll(&state, 1, milliseconds)
    }
}
