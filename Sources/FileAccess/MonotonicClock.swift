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
    /// RFC 3339, universal time: `2026-03-12T07:10:00.042Z`.
    package static func text(of milliseconds: UInt64) -> String {
        let days = Int(milliseconds / 86_400_000)
        let (year, month, day) = civil(days)
        let rest = Int(milliseconds % 86_400_000)
        func pad(_ n: Int, _ width: Int) -> String { String(repeating: "0", count: max(0, width - String(n).count)) + String(n) }
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(rest / 3_600_000, 2)):\(pad(rest / 60_000 % 60, 2)):\(pad(rest / 1_000 % 60, 2)).\(pad(rest % 1_000, 3))Z"
    }

    /// The Gregorian date of a day counted from 1970, by eras of 400 years.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
