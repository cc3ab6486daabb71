// SPDX-License-Identifier: Apache-2.0
import FileAccess

/// Runs what blocks on a thread of its own, so that the few threads of Swift's pool stay free for the other side.
package func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        startThread(named: "test") { continuation.resume(with: Result { try body() }) }
    }
}
