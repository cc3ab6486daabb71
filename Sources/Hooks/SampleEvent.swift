// SPDX-License-Identifier: Apache-2.0
package import Announcements
import ConversionProtocol
import FileAccess
package import Settings
import SystemPackage

/// An event to try a hook with.
package enum SampleEvent {
    /// The first event that the hook wants, about a document that does not exist.
    package static func of(_ hook: HookSettings, routes: [RouteSettings]) -> Event {
        let route = routes.first { hook.routes.isEmpty || hook.routes.contains($0.name) }
        let type = hook.isGate ? EventType.jobClaimed : hook.events.first ?? .jobDone
        var event = Event(type, route: route?.name ?? "main", job: JobID(milliseconds: WallClock.milliseconds), path: "sample.pdf")
        event.size = 4
        event.attempt = 1
        event.sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        event.place(route?.archive.appending("sample.pdf"))
        if type == .jobDone, let outbox = route?.outbox {
            event.outputs = [EventOutput(path: outbox.appending("sample.pdf.md"), kind: "document", bytes: 4, sha256: "", format: "md")]
        }
        if type == .jobFailed { event.error = ConversionError(.malformed, "a sample of a failure") }
        return event
    }
}

extension HookRun {
    /// What the daemon would do after this run.
    package func meaning(for hook: HookSettings) -> String {
        switch verdict {
        case .done: hook.isGate ? "the file would be let through, or as it says" : "the event is taken"
        case .skip: hook.isGate ? "the file would be skipped" : "the event is taken"
        case .again: "it would be run again later"
        case .switchOff: "it would be switched off"
        case .failed: "it would be run again, up to \(hook.attempts) times"
        case .refused: "it would be given up at once"
        }
    }
}
