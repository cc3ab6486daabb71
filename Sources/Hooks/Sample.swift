// SPDX-License-Identifier: Apache-2.0
package import Announcements
import ConversionProtocol
import FileAccess
import Glibc
package import Settings
import SystemPackage

/// An event to try a hook with, about a small document that is there: its source and what came of it lie in a folder of
/// their own, which is removed with everything in it when the last reference goes.
package final class Sample: Sendable {
    package let event: Event
    private let folder: FilePath

    /// The first event that the hook wants, on the first route that it is told of.
    /// - Throws: `SystemError` when the files cannot be written.
    package init(for hook: HookSettings, routes: [RouteSettings]) throws {
        var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/intray-sample-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("create", FilePath(platformString: template)) }
        folder = FilePath(platformString: template)
        let route = routes.first { hook.routes.isEmpty || hook.routes.contains($0.name) }?.name ?? "main"
        let type = hook.isGate ? EventType.jobClaimed : hook.events.first ?? .jobDone
        event = try Self.event(type, route, in: Folder(folder))
    }

    deinit {
        // Only what was made here; nobody can be told that it stays.
        try? Folder(folder.removingLastComponent()).removeTree(FilePath(root: nil, folder.components.suffix(1)))
    }

    private static func event(_ type: EventType, _ route: String, in folder: Folder) throws -> Event {
        guard type.rawValue.hasPrefix("job.") else {
            var event = Event(type, route: route)
            event.details = ["sample": "true"]
            return event
        }
        let text = Array("A sample, made to try a hook with.\n".utf8)
        let hash = text.withUnsafeBytes { ContentHash.of($0) }
        var event = Event(type, route: route, job: JobID(milliseconds: WallClock.milliseconds), path: "sample.txt")
        event.details = ["sample": "true"]
        event.size = UInt64(text.count)
        event.sha256 = hash
        event.attempt = 1
        let source: FilePath = type == .jobDone ? "archive/sample.txt" : type == .jobFailed ? "quarantine/sample.txt" : "inbox/sample.txt"
        try folder.makeFolders(source.removingLastComponent())
        try folder.write(text, to: source)
        event.place(folder.absolute(source))
        if type == .jobFailed { event.error = ConversionError(.malformed, "a sample of a failure") }
        if type == .jobDone {
            try folder.makeFolders("outbox")
            try folder.write(text, to: "outbox/sample.txt.md")
            event.outputs = [EventOutput(path: folder.absolute("outbox/sample.txt.md"), kind: "document", bytes: UInt64(text.count), sha256: hash, format: "md")]
        }
        return event
    }
}

extension HookRun {
    /// What the daemon would do after this run.
    package func meaning(for hook: HookSettings) -> String {
        switch verdict {
        case .done: hook.isGate ? "the file would be let through, or as it says" : "the event is taken"
        case .skip: hook.isGate ? "the file would be skipped" : "the event is taken"
        case .again: "not now: it would be run again later, at no cost to its attempts"
        case .switchOff: "it would be switched off"
        case .failed: "it would be run again, up to \(hook.attempts) times"
        case .refused: "it would be given up at once"
        }
    }
}
