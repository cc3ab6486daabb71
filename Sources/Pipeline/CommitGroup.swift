// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Spooling
import Synchronization

/// Gathers staged jobs while the disk is busy with the ones before: a group is what has come meanwhile, at most 64.
///
/// One thread per route publishes, so a lone job waits for nobody and a flood shares each sync.
final class CommitGroup: Sendable {
    private struct Letter: Sendable {
        var job: StagedJob
        var done: CheckedContinuation<Delivery, any Error>
    }

    private struct Desk: Sendable {
        var waiting: [Letter] = []
        var isClosed = false
    }

    private let desk = Mutex(Desk())
    private let wake = Wake()

    init(_ spool: DirectorySpool) {
        startThread(named: "publish") { [weak self, wake] in
            while true {
                wake.wait()
                guard let self else { return }
                while true {
                    let (letters, isClosed) = self.take()
                    if letters.isEmpty {
                        if isClosed { return }
                        break
                    }
                    for (letter, result) in zip(letters, spool.commit(letters.map(\.job))) { letter.done.resume(with: result) }
                }
            }
        }
    }

    deinit { wake.signal() }

    /// Returns when the job's outputs stand in the outbox and its original has gone where it goes.
    func commit(_ job: StagedJob) async throws -> Delivery {
        try await withCheckedThrowingContinuation { done in
            desk.withLock { $0.waiting.append(Letter(job: job, done: done)) }
            wake.signal()
        }
    }

    func close() {
        desk.withLock { $0.isClosed = true }
        wake.signal()
    }

    private func take() -> ([Letter], Bool) {
        desk.withLock { desk in
            let group = Array(desk.waiting.prefix(Self.most))
            desk.waiting.removeFirst(group.count)
            return (group, desk.isClosed)
        }
    }

    private static let most = 64
}
