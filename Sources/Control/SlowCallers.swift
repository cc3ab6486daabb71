// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization

/// Callers whose sockets are full, and the tasks that have more for them: the socket's thread looks after both.
final class SlowCallers: Sendable {
    struct Waiting: Sendable {
        let number: Int
        let descriptor: Int32
        /// When the caller is given up.
        let due: Instant
    }

    private struct Desk: Sendable {
        var waiting: [Int: (place: Waiting, task: CheckedContinuation<Bool, Never>)] = [:]
        var next = 0
        var isOpen = true
    }

    private let desk = Mutex(Desk())
    private let wake = Wake()

    /// Readable when there is something new to look at.
    var descriptor: Int32 { wake.descriptor }
    var waiting: [Waiting] { desk.withLock { $0.waiting.values.map(\.place) } }

    /// False when the caller has taken nothing for five seconds, the task is cancelled, or the socket closes.
    func untilWritable(_ descriptor: Int32) async -> Bool {
        let number = desk.withLock { desk in
            desk.next += 1
            return desk.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { task in
                let isOpen = desk.withLock { desk in
                    guard desk.isOpen, !Task.isCancelled else { return false }
                    desk.waiting[number] = (Waiting(number: number, descriptor: descriptor, due: .now + .seconds(5)), task)
                    return true
                }
                if isOpen { wake.signal() } else { task.resume(returning: false) }
            }
        } onCancel: {
            end([number], with: false)
        }
    }

    /// Lets those go on whose sockets the kernel has named, and gives up those whose time is over.
    func look(at writable: [Int], _ now: Instant) {
        end(writable, with: true)
        end(waiting.filter { $0.due <= now }.map(\.number), with: false)
    }

    /// Takes note of a signal; false when the socket is closed.
    func isOpen() -> Bool {
        wake.wait(milliseconds: 0)
        return desk.withLock { $0.isOpen }
    }

    func close() {
        let all = desk.withLock { desk in
            desk.isOpen = false
            return Array(desk.waiting.keys)
        }
        end(all, with: false)
        wake.signal()
    }

    private func end(_ numbers: [Int], with isWritable: Bool) {
        for number in numbers { desk.withLock { $0.waiting.removeValue(forKey: number)?.task }?.resume(returning: isWritable) }
    }
}
