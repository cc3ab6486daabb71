// SPDX-License-Identifier: Apache-2.0
import FileAccess

/// How soon a nursery that died is started again: at once after a life, later and later after a death at birth.
struct NurseryPacing {
    private var failures = 0
    private var notBefore: Instant?

    private static let delays: [Duration] = [.zero, .milliseconds(100), .milliseconds(500), .seconds(2), .seconds(10), .seconds(30)]
    /// A nursery that lived this long was healthy.
    private static let life = Duration.seconds(1)

    mutating func died(after uptime: Duration, at now: Instant) {
        if uptime >= Self.life { failures = 0 }
        failed(at: now)
    }

    mutating func failed(at now: Instant) {
        notBefore = now + Self.delays[min(failures, Self.delays.count - 1)]
        failures += 1
    }

    /// A document was converted.
    mutating func worked() {
        failures = 0
        notBefore = nil
    }

    /// Until the next start; zero: now.
    func delay(at now: Instant) -> Duration {
        guard let notBefore, notBefore > now else { return .zero }
        return notBefore.since(now)
    }
}
