// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import FoundationEssentials
import Glibc
import Ledger
import Pipeline
import SystemPackage

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Shows what the daemon is doing, and if it is not, why.",
        discussion: "While none runs it says so, shows what the history has, and ends with 5.")

    @OptionGroup var place: Place
    @OptionGroup var output: JSONFlag

    func run() throws {
        let client: ControlClient
        do { client = try place.client() } catch let unreachable as ControlUnreachable {
            try tellOffline(unreachable)
            throw ExitStatus(code: ProgramError.Exit.unavailable.rawValue)
        }
        if output.json { return try printLines(of: ControlRequest(.status), from: client) }
        guard let status = try client.values(ControlRequest(.status), as: StatusReport.self).first else { return }
        var request = ControlRequest(.jobs)
        request.state = "failed"
        request.limit = 5
        // A daemon that cannot say that has still a status.
        let failures = (try? place.client().values(request, as: JobReport.self)) ?? []
        print(StatusScreen(status: status, failures: failures, terminal: .output, addressed: place.addressed).render(), terminator: "")
    }
}

extension StatusCommand {
    /// What the history says while no daemon runs.
    private func tellOffline(_ unreachable: ControlUnreachable) throws {
        let ledger = try place.history(without: unreachable)
        // Routes that cannot be known are those of the history.
        let status = try OfflineStatus(state: place.stateFolder(), routes: (try? place.routes()) ?? [], ledger: ledger)
        if output.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return print(String(decoding: try encoder.encode(status), as: UTF8.self))
        }
        var query = JobQuery()
        query.state = "failed"
        query.limit = 5
        let failures = try ledger.jobs(query).map { $0.report(outbox: nil) }
        let screen = OfflineScreen(status: status, isSweep: try place.isSweep(), failures: failures, terminal: .output, place: place)
        print(screen.render(), terminator: "")
    }
}

/// Prints the lines of an answer as they are; ends when the daemon closes or the reader does.
func printLines(of request: ControlRequest, from client: ControlClient) throws {
    var left = try client.ask(request).lines ?? .max
    while left > 0, let line = try client.next() {
        show(String(decoding: line, as: UTF8.self))
        left -= 1
    }
}

/// A line for standard output, at once also where that is a pipe: whoever follows is to see it now.
func show(_ line: String) {
    print(line)
    fflush(nil)
}
