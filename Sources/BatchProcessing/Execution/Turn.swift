// SPDX-License-Identifier: Apache-2.0

/// A job's place in its phases: each call gives the old place back and waits for the next one.
///
/// Both throw `CancellationError` when the attempt was told to stop.
struct Turn: Sendable {
    let work: @Sendable () async throws -> Void
    let write: @Sendable () async throws -> Void
}
