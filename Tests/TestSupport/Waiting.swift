// SPDX-License-Identifier: Apache-2.0

/// A fact that did not come true in time.
package struct TimedOut: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// Waits until `fact` holds; polls, because the fact is outside this process. Fails after `limit`.
package func eventually(
    _ what: String, within limit: Duration = .seconds(120), _ fact: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while true {
        let start = clock.now
        if try await fact() { return }
        guard clock.now < end else { throw TimedOut(description: "waited \(limit) in vain until \(what)") }
        // A look that costs much is not to slow down what it looks at.
        try await Task.sleep(for: max(.milliseconds(5), (clock.now - start) * 4))
    }
}
