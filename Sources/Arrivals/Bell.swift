// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization

/// Wakes one sleeping task: at a time, or when it is rung for an earlier one. A task that would be awake in time anyway is
/// not woken, however often the bell is rung.
final class Bell: Sendable {
    private let alarm = AlarmClock()
    /// nil while nobody sleeps.
    private let until = Mutex<Instant?>(nil)

    func ring(for due: Instant = Instant(nanoseconds: 0)) {
        if until.withLock({ until in until.map { due < $0 } ?? true }) { alarm.ring() }
    }

    /// Returns at `due`, when it was rung for an earlier instant, or when the task is cancelled.
    func wait(until due: Instant) async {
        until.withLock { $0 = due }
        await alarm.wait(until: due)
        until.withLock { $0 = nil }
    }
}
