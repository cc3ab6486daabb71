// SPDX-License-Identifier: Apache-2.0
import Arrivals
import BatchProcessing
import Glibc
import ServiceLifecycle

/// Tells systemd, twice in each period that it asks for, that the daemon still answers (sd_watchdog_enabled(3)).
/// Nobody asks without `WATCHDOG_USEC`: then it sleeps until the end.
struct WatchdogService: Service {
    let intake: Intake

    func run() async throws {
        guard let period = Self.period else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Whoever holds one of these locks for good is a daemon that hangs.
                _ = intake.processor.statistics
                for route in intake.routes { _ = route.feed.status }
                ServiceNotice.send("WATCHDOG=1")
                guard (try? await Task.sleep(for: period)) != nil else { return }
            }
        }
    }

    private static var period: Duration? {
        getenv("WATCHDOG_USEC").flatMap { Int64(String(cString: $0)) }.flatMap { $0 > 0 ? .microseconds($0 / 2) : nil }
    }
}
