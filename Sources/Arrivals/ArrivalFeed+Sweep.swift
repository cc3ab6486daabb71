// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization
import SystemPackage

extension ArrivalFeed {
    /// One scan for a one-shot run. With `wait` it stays until every file has settled; `next` ends with the last of them.
    package func sweep(wait: Bool) async throws -> SweepOutcome {
        defer { close() }
        guard wait else { return try await scan(.command, following: .no) }
        return try await withTaskCancellationHandler {
            var outcome = try await settling { try await self.scan(.command) }
            // What there was no room for is found again.
            while desk.withLock({ $0.isSomethingLeft }), !desk.withLock({ $0.isEnded }) {
                outcome.seen += try await settling {
                    self.desk.withLock { $0.isSomethingLeft = false }
                    return try await self.scan(.command)
                }.seen
            }
            for path in desk.withLock({ $0.settling.some(SweepOutcome.named) }) { outcome.note(unsettled: path) }
            return outcome
        } onCancel: {
            close()
        }
    }

    /// Settles while `body` scans, and afterwards until nothing is left to settle.
    private func settling(_ body: @escaping @Sendable () async throws -> SweepOutcome) async throws -> SweepOutcome {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                while !Task.isCancelled {
                    let due = await self.settle()
                    await self.settlerBell.wait(until: due ?? Instant(nanoseconds: .max))
                }
            }
            let outcome = try await body()
            tasks.cancelAll()
            try await tasks.waitForAll()
            while !Task.isCancelled, desk.withLock({ !$0.isEnded && $0.settling.count > 0 }) {
                guard let due = await settle() else { break }
                await settlerBell.wait(until: due)
            }
            return outcome
        }
    }
}
