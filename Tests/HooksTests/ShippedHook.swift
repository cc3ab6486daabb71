// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Hooks
import Settings
import SystemPackage
import TestSupport

/// A script of Config/hooks with a folder of its own, told of documents that are in an outbox there.
struct ShippedHook: Sendable {
    let folder: TemporaryFolder
    var root: FilePath { folder.path }
    var hook: HookSettings

    init(_ name: String, _ arguments: (FilePath) -> [String]) throws {
        folder = try TemporaryFolder()
        let program = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent().appending("Config/hooks/\(name)")
        hook = HookSettings(name: name, command: [program.string] + arguments(folder.path))
    }

    /// A document in the outbox and the event about it.
    func done(_ name: String) throws -> Event {
        var event = Event(.jobDone, route: "main", job: JobID.init(milliseconds: WallClock.milliseconds), path: FilePath(name))
        let output = root.appending("outbox").appending(FilePath("\(name).md").components)
        try output.write("text of \(name)\n")
        event.outputs = [EventOutput(path: output, kind: "document", bytes: 1, sha256: "", format: "md")]
        event.sha256 = "00"
        return event
    }

    func run(_ event: Event) async -> HookRun {
        await HookCall(hook, event: event, line: (try? event.line()) ?? [], state: "/state").run(stop: Wake())
    }
}
