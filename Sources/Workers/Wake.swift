// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// What a blocking thread waits on beside its pipes, so that others can call it.
final class Wake: Sendable {
    /// Negative when there were no descriptors left.
    let descriptor: Int32

    init() { descriptor = linux_eventfd() }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func call() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    func clear() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
