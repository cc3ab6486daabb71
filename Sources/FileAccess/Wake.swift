// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A bell between threads: `wait` sleeps until somebody has rung since the last time.
package final class Wake: Sendable {
    private let event: Descriptor

    package init() {
        let raw = linux_eventfd()
        // Without descriptors nothing can go on.
        precondition(raw >= 0, "cannot open an event descriptor: \(String(cString: strerror(errno)))")
        event = Descriptor(owning: raw)
    }

    package var descriptor: Int32 { event.raw }

    package func signal() {
        var one: UInt64 = 1
        _ = write(event.raw, &one, 8)
    }

    /// Returns after a signal, or when `milliseconds` have passed (-1: never).
    package func wait(milliseconds: Int32 = -1) {
        var set = pollfd(fd: event.raw, events: Int16(POLLIN), revents: 0)
        while poll(&set, 1, milliseconds) < 0 && errno == EINTR {}
        var count: UInt64 = 0
        _ = read(event.raw, &count, 8)
    }
}
