// SPDX-License-Identifier: Apache-2.0
import Glibc
import UnixSignals

/// SIGINT and SIGTERM: the first asks for an end, the second ends at once with exit code 130.
enum Interruption {
    /// Runs `body`; `asked` is called at the first signal.
    static func heeding<Result: Sendable>(_ asked: @escaping @Sendable () async -> Void, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                var count = 0
                for await _ in signals {
                    count += 1
                    if count == 1 { await asked() } else { _exit(ProgramError.Exit.interrupted.rawValue) }
                }
            }
            defer { tasks.cancelAll() }
            return try await body()
        }
    }
}
