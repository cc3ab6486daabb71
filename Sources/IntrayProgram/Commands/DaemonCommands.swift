// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CLinux
import Control
import FileAccess
import Glibc
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
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Ends the daemon; what is in work is finished first.",
        discussion: "Returns when it has ended, so that another can be started.")
    @OptionGroup var place: Place

    func run() throws {
        let client = try place.client()
        // Held before it is asked to end: its number may be another process's afterwards.
        let process = client.process.map { (number: $0, handle: linux_pidfd_open($0)) }
        for line in try client.values(ControlRequest(.stop), as: String.self) { print(line) }
        guard let process, process.handle >= 0 else { return }
        let handle = Descriptor(owning: process.handle)
        defer { withExtendedLifetime(handle) {} }
        var end = pollfd(fd: handle.raw, events: Int16(POLLIN), revents: 0)
        fflush(nil)
        while poll(&end, 1, -1) < 0, errno == EINTR {}
        print("process \(process.number) has ended")
    }
}
