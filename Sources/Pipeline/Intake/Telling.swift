// SPDX-License-Identifier: Apache-2.0
import Synchronization
import SystemPackage

/// How far the telling of a job's end has come: what is tried again after an error is what is left of it.
final class Telling: Sendable {
    private struct State: Sendable {
        var isDisposed = false
        var place: FilePath?
        var isPublished = false
    }

    private let state = Mutex(State())

    /// Where the original went: absolute, or below the inbox for one that was put back; nil when it stayed or was deleted.
    var place: FilePath? { state.withLock { $0.place } }

    func dispose(_ body: () throws -> FilePath?) throws {
        if state.withLock({ $0.isDisposed }) { return }
        let place = try body()
        state.withLock { state in
            state.isDisposed = true
            state.place = place
        }
    }

    func publish(_ body: () async throws -> Void) async throws {
        if state.withLock({ $0.isPublished }) { return }
        try await body()
        state.withLock { $0.isPublished = true }
    }
}
