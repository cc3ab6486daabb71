// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import FoundationEssentials
import Glibc

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Shows what the daemon is doing, and if it is not, why.")

    @OptionGroup var place: Place
    @OptionGroup var output: JSONFlag

    func run() throws {
        let client = try place.client()
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
