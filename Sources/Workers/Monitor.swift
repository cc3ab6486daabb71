// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A value behind a lock, on which blocking threads wait for a change.
final class Monitor<Value>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value

    init(_ value: Value) {
        self.value = value
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    /// Changes the value and wakes those who wait.
    func change(_ body: (inout Value) -> Void) {
        pthread_mutex_lock(lock)
        body(&value)
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
    }

    /// Blocks this thread until `body` gives something.
    func wait<Found>(for body: (inout Value) -> Found?) -> Found {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if let found = body(&value) { return found }
            pthread_cond_wait(changed, lock)
        }
    }
}
