// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control

struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "events", abstract: "Shows what happened, one JSON object a line.")

    @Flag(name: [.short, .long], help: "Goes on with what happens from now.")
    var follow = false

    @Option(name: .shortAndLong, help: "How many of the last events to show first.")
    var number = 20

    @OptionGroup var place: Place

    func run() throws {
        var request = ControlRequest(.events)
        request.follow = follow
        request.limit = number
        try printLines(of: request, from: place.client())
    }
}
