// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization

/// Where everything that happens is told: numbered, written to the log, then handed to whoever listens.
///
/// One thread writes, so the order of the log is the order of the calls. Nobody who listens is waited for: each has a
/// bounded buffer, and the log is complete.
package final class EventBus: Sendable {
    private let desk: Mutex<Desk>
    private let wake: Wake
    private let instance: String
    private let last: Atomic<Int64>

    /// The number of the last event in the log.
    package var lastSeq: Int64 { last.load(ordering: .relaxed) }

    private struct Desk: Sendable {
        var waiting: [Letter] = []
        var subscribers: [Int: AsyncStream<Event>.Continuation] = [:]
        var nextSubscriber = 0
        var isClosed = false
    }

    private struct Letter: Sendable {
        var events: [Event]
        var done: CheckedContinuation<Void, any Error>?
    }

    package init(log: sending EventLog, instance: String) {
        self.instance = instance
        desk = Mutex(Desk())
        last = Atomic(log.lastSeq)
        wake = Wake()
        let post = Post(log: log)
        startThread(named: "events") { [weak self, wake] in
            while true {
                wake.wait()
                guard let self else { return }
                if !self.deliver(post) { return }
            }
        }
    }

    /// Returns when the events are in the log; on disk, if one of them ends a job.
    package func publish(_ events: [Event]) async throws {
        if events.isEmpty { return }
        try await withCheckedThrowingContinuation { send(Letter(events: events, done: $0)) }
    }

    /// The same without waiting and without a word when it cannot be written: for what only informs.
    package func post(_ event: Event) { send(Letter(events: [event], done: nil)) }

    private func send(_ letter: Letter) {
        let isOpen = desk.withLock { desk in
            if !desk.isClosed { desk.waiting.append(letter) }
            return !desk.isClosed
        }
        if isOpen { wake.signal() } else { letter.done?.resume(throwing: CancellationError()) }
    }

    /// Events from now on; the newest win when the listener is slow.
    package func subscribe(bufferingNewest count: Int) -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(count))
        let number = desk.withLock { desk in
            desk.nextSubscriber += 1
            desk.subscribers[desk.nextSubscriber] = continuation
            return desk.nextSubscriber
        }
        continuation.onTermination = { [weak self] _ in _ = self?.desk.withLock { $0.subscribers.removeValue(forKey: number) } }
        return stream
    }

    /// Writes what is waiting and ends every listener's stream.
    package func close() async {
        // An empty letter comes back when those before it are written; that one of them failed was said to its sender.
        try? await withCheckedThrowingContinuation { send(Letter(events: [], done: $0)) }
        desk.withLock { $0.isClosed = true }
        wake.signal()
    }

    /// One round of the thread; false when it is to end.
    private func deliver(_ post: Post) -> Bool {
        let (letters, subscribers, isClosed) = desk.withLock { desk in
            defer { desk.waiting = [] }
            return (desk.waiting, Array(desk.subscribers.values), desk.isClosed)
        }
        var events = letters.flatMap(\.events)
        let outcome = Result {
            for place in events.indices {
                events[place].host = HostName.text
                events[place].instance = instance
            }
            if !events.isEmpty { try post.log.append(&events, durably: events.contains { $0.type.isTerminal }) }
        }
        last.store(post.log.lastSeq, ordering: .relaxed)
        for letter in letters { letter.done?.resume(with: outcome) }
        if case .success = outcome { for event in events { for subscriber in subscribers { subscriber.yield(event) } } }
        if isClosed { subscribers.forEach { $0.finish() } }
        return !isClosed
    }

    /// The log, owned by the thread.
    private final class Post {
        let log: EventLog
        init(log: EventLog) { self.log = log }
    }
}
