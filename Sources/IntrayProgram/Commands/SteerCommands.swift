// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control

struct PauseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pause", abstract: "Stops taking documents; what is in work is finished.")
    @Argument(help: "One route; all of them when left out.") var route: String?
    @OptionGroup var place: Place

    func run() throws {
        var request = ControlRequest(.pause)
        request.route = route
        try place.show(request)
    }
}

struct ResumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Goes on after \"pause\".")
    @Argument(help: "One route; all of them when left out.") var route: String?
    @OptionGroup var place: Place

    func run() throws {
        var request = ControlRequest(.resume)
        request.route = route
        try place.show(request)
    }
}

struct CancelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "Takes jobs out of work; their files stay in the inbox, untaken, until \"retry\".")
    @Argument(help: "The job's name, as \"intray jobs\" shows it.") var job: String?
    @Flag(help: "All jobs that wait or run.") var all = false
    @OptionGroup var place: Place

    func validate() throws {
        if (job == nil) != all { throw ValidationError("Name one job, or give --all.") }
    }

    func run() throws {
        var request = ControlRequest(.cancel)
        request.job = job
        request.all = all
        for line in try place.client().values(request, as: String.self) { print(place.addressed(line)) }
    }
}

struct RescanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rescan", abstract: "Looks through the inboxes now.")
    @Argument(help: "One route; all of them when left out.") var route: String?
    @OptionGroup var place: Place

    func run() throws {
        var request = ControlRequest(.rescan)
        request.route = route
        try place.show(request)
    }
}
