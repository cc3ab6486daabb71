// SPDX-License-Identifier: Apache-2.0
import Announcements
import Glibc
import Synchronization

/// What a daemon tells while it runs: a line for each document that has ended.
///
/// Nobody is held up by a terminal that stands still or a pipe that is not read: after a second a line is left out, and so are
/// those behind it until there is room again.
final class EventLines: Sendable {
    private let failuresOnly: Bool
    private let isStuck = Mutex(false)

    init(failuresOnly: Bool) { self.failuresOnly = failuresOnly }

    func show(_ event: Event) async {
        guard isShown(event.type) else { return }
        // A window may have got another size.
        let terminal = Terminal(of: 1)
        guard await hasRoom() else { return }
        print(String(EventLine(event: event).render(on: terminal).prefix(Self.longest)))
        fflush(nil)
    }

    private func isShown(_ type: EventType) -> Bool {
        switch type {
        case .jobFailed: true
        case .jobDone, .jobSkipped, .jobCancelled: !failuresOnly
        // Routes, settings and hooks are the journal's.
        default: false
        }
    }

    private func hasRoom() async -> Bool {
        for _ in 0..<20 {
            var output = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
            if poll(&output, 1, 0) > 0 {
                isStuck.withLock { $0 = false }
                return output.revents & Int16(POLLERR | POLLHUP | POLLNVAL) == 0
            }
            if isStuck.withLock({ $0 }) { return false }
            // Ended early: the next look finds out.
            try? await Task.sleep(for: .milliseconds(50))
        }
        isStuck.withLock { $0 = true }
        return false
    }

    /// In characters; what a pipe with room takes at once.
    private static let longest = 1_000
}
