// SPDX-License-Identifier: Apache-2.0
@testable import BatchProcessing
import FileAccess
import Synchronization

/// A clock that goes when it is told to.
final class ManualClock: BatchClock {
    private struct Sleeper {
        let number: Int
        let due: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Inner {
        var now = Instant(nanoseconds: 1_000_000_000_000)
        var number = 0
        var sleepers: [Sleeper] = []
    }

    private let inner = Mutex(Inner())

    var now: Instant { inner.withLock { $0.now } }
    var hasSleepers: Bool { inner.withLock { !$0.sleepers.isEmpty } }

    func advance(by duration: Duration) {
        let awake = inner.withLock { inner in
            inner.now = inner.now + duration
            let awake = inner.sleepers.filter { $0.due <= inner.now }
            inner.sleepers.removeAll { $0.due <= inner.now }
            return awake
        }
        for sleeper in awake { sleeper.continuation.resume() }
    }

    func sleep(until due: Instant) async throws {
        let number = inner.withLock { inner in
            inner.number += 1
            return inner.number
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                inner.withLock { inner in
                    if Task.isCancelled {
                        continuation.resume(throwing: CancellationError())
                    } else if due <= inner.now {
                        continuation.resume()
                    } else {
                        inner.sleepers.append(Sleeper(number: number, due: due, continuation: continuation))
                    }
                }
            }
        } onCancel: {
            inner.withLock { inner in
                guard let at = inner.sleepers.firstIndex(where: { $0.number == number }) else { return }
                inner.sleepers.remove(at: at).continuation.resume(throwing: CancellationError())
            }
        }
    }
}
