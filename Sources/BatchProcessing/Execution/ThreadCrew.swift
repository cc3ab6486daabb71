// SPDX-License-Identifier: Apache-2.0
import DequeModule
import FileAccess
import Glibc
import Synchronization

/// Threads of our own for closures that block: as many as run at once, kept for the next closure, ended with the crew.
final class ThreadCrew: Sendable {
    private let board = Board()

    deinit { board.close() }

    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let board = board
            let needsThread = board.post { continuation.resume(with: Result { try body() }) }
            if needsThread { startThread(named: "batch") { board.serve() } }
        }
    }
}

/// Where closures wait for a thread and threads for a closure.
private final class Board: Sendable {
    private struct Inner {
        var closures: Deque<@Sendable () -> Void> = []
        /// Threads that wait and have not been promised a closure.
        var free = 0
        var isClosed = false
    }

    private let inner = Mutex(Inner())
    private let bell = Bell()

    /// - Returns: whether another thread has to serve.
    func post(_ closure: @escaping @Sendable () -> Void) -> Bool {
        let isFree = inner.withLock { inner in
            inner.closures.append(closure)
            if inner.free == 0 { return false }
            inner.free -= 1
            return true
        }
        if isFree { bell.ring() }
        return !isFree
    }

    func serve() {
        while true {
            let (closure, isClosed) = inner.withLock { inner in
                let closure = inner.closures.popFirst()
                if closure == nil && !inner.isClosed { inner.free += 1 }
                return (closure, inner.isClosed)
            }
            if let closure { closure() } else if isClosed { return } else { bell.wait() }
        }
    }

    func close() {
        let waiting = inner.withLock { inner in
            inner.isClosed = true
            defer { inner.free = 0 }
            return inner.free
        }
        for _ in 0..<waiting { bell.ring() }
    }
}

/// A POSIX semaphore: each ring wakes one thread that waits, now or later.
private final class Bell: @unchecked Sendable {
    // Its address is fixed and the semaphore's own calls are safe from any thread.
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        semaphore = .allocate(capacity: 1)
        semaphore.initialize(to: sem_t())
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func ring() { sem_post(semaphore) }
    func wait() { while sem_wait(semaphore) != 0 && errno == EINTR {} }
}
