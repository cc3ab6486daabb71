// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Wakes one task: at a time, or when it is rung before.
///
/// One thread of its own keeps the time and sleeps in between, so a wait leaves nothing behind, however often it is
/// cut short. A ring while nobody waits is kept for the next wait.
package final class AlarmClock: Sendable {
    fileprivate struct Desk: Sendable {
        var isRung = false
        var due: Instant?
        var waiter: CheckedContinuation<Void, Never>?
        /// When the thread wakes by itself; nil: not before it is told.
        var sleepsUntil: Instant?
    }

    private let desk = Mutex(Desk())
    private let wake = Wake()

    package init() {
        startThread(named: "alarm") { [weak self, wake] in
            var pause: Int32 = -1
            while true {
                wake.wait(milliseconds: pause)
                guard let next = self?.look() else { return }
                pause = next
            }
        }
    }

    deinit { wake.signal() }

    package func ring() {
        let waiter = desk.withLock { desk in
            desk.isRung = true
            return desk.take()
        }
        waiter?.resume()
    }

    /// Returns at `due`, when it is rung, or when the task is cancelled.
    package func wait(until due: Instant) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isOver, isSooner) = desk.withLock { desk in
                    if desk.isRung || Task.isCancelled || due <= .now {
                        desk.isRung = false
                        return (true, false)
                    }
                    desk.waiter = continuation
                    desk.due = due
                    return (false, desk.sleepsUntil.map { due < $0 } ?? true)
                }
                if isOver { return continuation.resume() }
                if isSooner { wake.signal() }
            }
        } onCancel: {
            ring()
        }
    }

    /// One look of the thread: milliseconds until the next one, -1 for none.
    private func look() -> Int32 {
        let now = Instant.now
        let (waiter, pause) = desk.withLock { desk -> (CheckedContinuation<Void, Never>?, Int32) in
            let waiter = desk.due.map { $0 <= now } == true ? desk.take() : nil
            desk.sleepsUntil = desk.due
            // Rounded up: waking too early would be waking twice.
            return (waiter, desk.due.map { Int32(clamping: $0.since(now).wholeMilliseconds + 1) } ?? -1)
        }
        waiter?.resume()
        return pause
    }
}

extension AlarmClock.Desk {
    fileprivate mutating func take() -> CheckedContinuation<Void, Never>? {
        guard let waiter else { return nil }
        self.waiter = nil
        due = nil
        isRung = false
        return waiter
    }
}
