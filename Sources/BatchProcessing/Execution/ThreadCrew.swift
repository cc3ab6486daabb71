// SPDX-License-Identifier: Apache-2.0
import FileAccess

/// Threads of our own for closures that block.
final class ThreadCrew: Sendable {
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            startThread(named: "batch") { continuation.resume(with: Result { try body() }) }
        }
    }
}
