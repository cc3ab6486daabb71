// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Starts a thread of our own for work that blocks; it ends when `body` returns. It is as nice as the program was started, and so
/// are the processes that it starts: libdispatch gives root's threads, from which this may be called, a niceness of its own.
package func startThread(named name: String, stackBytes: Int = 512 << 10, _ body: sending @escaping () -> Void) {
    final class Box {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    let failed = linux_start_thread(String(name.prefix(15)), stackBytes, { raw in
        linux_take_niceness()
        if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
        return nil
    }, box.toOpaque())
    // Without memory for a thread nothing can go on.
    precondition(failed == 0, "cannot start a thread: \(String(cString: strerror(failed)))")
}
