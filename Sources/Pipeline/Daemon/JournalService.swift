// SPDX-License-Identifier: Apache-2.0
import Announcements
import ServiceLifecycle

/// Says on standard error what an operator must act upon, and when that is over. It is the first service and so the last
/// that stops: what the others tell until then is heard.
struct JournalService: Service {
    private let events: AsyncStream<Event>
    private let say: @Sendable (String) -> Void

    init(_ bus: EventBus, say: @escaping @Sendable (String) -> Void) {
        events = bus.subscribe(bufferingNewest: 1_000)
        self.say = say
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var journal = Journal()
            for await event in events {
                if let line = journal.line(for: event) { say(line) }
            }
        }
    }
}
