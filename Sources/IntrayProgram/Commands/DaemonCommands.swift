// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Pipeline

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Makes the daemon read its configuration file again; a file with a mistake changes nothing.")
    @OptionGroup var place: Place

    func run() throws {
        do { for line in try place.client().values(ControlRequest(.reload), as: String.self) { print(line) } } catch let error as ControlAnswer {
            throw ProgramError(.refused, error.description)
        }
    }
}

struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stop", abstract: "Ends the daemon; what is in work is finished first.")
    @OptionGroup var place: Place

    func run() throws { try place.client().ask(ControlRequest(.stop)) }
}
