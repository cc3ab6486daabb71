// SPDX-License-Identifier: Apache-2.0
import Announcements
import ArgumentParser
import Control
import Pipeline
import SystemPackage

struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Shows what happened: lines for people on a terminal, one JSON object a line elsewhere.",
        discussion: "The choice of --only and --route is made among the last events that -n asks for. Without a daemon it reads the log itself.")

    @Flag(name: [.short, .long], help: "Goes on with what happens from now.")
    var follow = false

    @Option(name: .shortAndLong, help: "How many of the last events to look at first.")
    var number = 20

    @Option(name: .long, help: ArgumentHelp("Only events of this name, such as job.failed, or of this group, such as hook.", valueName: "event"))
    var only: String?

    @Option(name: .long, help: "Only events of this route.")
    var route: String?

    @OptionGroup var place: Place
    @OptionGroup var output: JSONFlag

    func validate() throws {
        let names = EventType.allCases.map(\.rawValue)
        if let only, !names.contains(where: { Self.belongs($0, to: only) }) {
            throw ValidationError("There is no event \"\(only)\"; there are \(names.joined(separator: ", ")).")
        }
        if number < 0 { throw ValidationError("-n takes a number from 0.") }
    }

    func run() throws {
        var request = ControlRequest(.events)
        request.follow = follow
        request.limit = number
        // The daemon refuses one that it does not have.
        request.route = route
        let client: ControlClient
        do { client = try place.client() } catch let unreachable as ControlUnreachable where !follow {
            _ = try place.history(without: unreachable)
            try place.tellNotRunning()
            for line in try EventLog.last(number, at: place.stateFolder().appending("events.jsonl")) { tell(line) }
            return
        }
        var left = try client.ask(request).lines ?? .max
        while left > 0, let line = try client.next() {
            left -= 1
            tell([UInt8](line))
        }
    }

    private func tell(_ line: [UInt8]) {
        let event = EventLog.event(of: line)
        if let event, let only, !Self.belongs(event.type.rawValue, to: only) { return }
        if let route, event?.route != route { return }
        // An event of a newer daemon is shown as it is.
        let terminal = Terminal.output
        if terminal.isTerminal, !output.json, let event { show(EventLine(event: event).render(on: terminal)) } else { show(String(decoding: line, as: UTF8.self)) }
    }

    private static func belongs(_ name: String, to group: String) -> Bool { name == group || name.hasPrefix(group + ".") }
}
