// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Spooling
import Synchronization

/// Gathers staged jobs into groups that share each sync: at most 64 jobs or 50 ms.
///
/// One thread per route publishes. It waits for more only while more keeps coming and others are in work, so a lone job waits
/// for nobody.
final class CommitGroup: Sendable {
    private struct Letter: Sendable {
        var job: StagedJob
        var done: CheckedContinuation<Delivery, any Error>
    }

    private struct Desk: Sendable {
        var waiting: [Letter] = []
        var isClosed = false
        /// Jobs that were begun and have not ended, those that wait here among them.
        var inWork = 0
    }

    private let desk = Mutex(Desk())
    private let wake = Wake()

    init(_ spool: DirectorySpool) {
        startThread(named: "publish") { [weak self, wake] in
            while true {
                wake.wait()
                guard let self else { return }
                while true {
                    self.gather(wake)
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

    /// A job that may come here was begun.
    func begun() { desk.withLock { $0.inWork += 1 } }
    /// It came, or it will not.
    func ended() { desk.withLock { $0.inWork -= 1 } }

    private func gather(_ wake: Wake) {
        let end = Instant.now + Self.longest
        var seen = 0
        while true {
            let (waiting, isWorthIt) = desk.withLock { desk in
                (desk.waiting.count, desk.waiting.count < Self.most && desk.waiting.count < desk.inWork && !desk.isClosed)
            }
            guard waiting > seen, isWorthIt, Instant.now < end else { return }
            seen = waiting
            wake.wait(milliseconds: Self.pause)
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
    private static let longest = Duration.milliseconds(50)
    /// Without a further job in this time the group goes.
    private static let pause: Int32 = 4
}
