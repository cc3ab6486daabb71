// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// An instant of our own monotonic clock, in nanoseconds. The only clock that decides anything.
package struct Instant: Hashable, Comparable, Sendable {
    package var nanoseconds: UInt64

    package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    package static var now: Instant { Instant(nanoseconds: linux_monotonic_ns()) }
    package static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }
    package static func + (a: Instant, d: Duration) -> Instant { Instant(nanoseconds: a.nanoseconds &+ d.wholeNanoseconds) }
    /// Time since an earlier instant; zero when it is later.
    package func since(_ earlier: Instant) -> Duration {
        .nanoseconds(Int64(clamping: nanoseconds > earlier.nanoseconds ? nanoseconds - earlier.nanoseconds : 0))
    }
}

extension Duration {
    /// Nanoseconds, zero when negative, the largest number when there is no room.
    package var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (whole, over) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return over ? .max : whole &+ UInt64(attoseconds / 1_000_000_000)
    }

    package var wholeMilliseconds: UInt64 { wholeNanoseconds / 1_000_000 }
}

/// The wall clock, for display and names only.
package enum WallClock {
    /// Milliseconds since 1970.
    package static var milliseconds: UInt64 {
        var t = timespec()
        clock_gettime(CLOCK_REALTIME, &t)
        return UInt64(t.tv_sec) * 1_000 + UInt64(t.tv_nsec) / 1_000_000
    }
}
