// SPDX-License-Identifier: Apache-2.0

/// A fact that did not come true in time.
package struct TimedOut: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// Waits until `fact` holds; polls, because the fact is outside this process. Fails after `limit`.
package func eventually(
    _ what: String, within limit: Duration = .seconds(20), _ fact: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while try await !fact() {
        guard clock.now < end else { throw TimedOut(description: "waited \(limit) in vain until \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
