// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FileAccess
import Glibc
import Pipeline
import SystemPackage

struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "Lists the formats that are read, with what is carried over and what is not.",
        discussion: """
            The worker answers: this program itself reads no format. In a pipe each format is a line with tabs: name, title, names of \
            files, media types, what is carried over, what is not.
            """)

    func run() throws {
        let worker = try Programs.worker()
        let terminal = Terminal.output
        guard terminal.isTerminal else { throw Self.refusal(of: worker, Self.become(worker)) }
        for line in try Self.listing(of: worker).split(separator: "\n") { print(FormatEntry(line).render(on: terminal)) }
    }

    /// Returns only when it cannot be done, with why.
    private static func become(_ worker: FilePath) -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] = [worker.withPlatformString { strdup($0) }, strdup("--formats"), nil]
        _ = worker.withPlatformString { execv($0, &arguments) }
        return errno
    }

    private static func listing(of worker: FilePath) throws -> String {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw refusal(of: worker, errno) }
        let reader = Descriptor(owning: ends[0])
        var arguments: [UnsafeMutablePointer<CChar>?] = [worker.withPlatformString { strdup($0) }, strdup("--formats"), nil]
        defer { arguments.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
        var process: pid_t = 0
        let failed = worker.withPlatformString { posix_spawn(&process, $0, &actions, nil, &arguments, environ) }
        close(ends[1])
        guard failed == 0 else { throw refusal(of: worker, failed) }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = Glibc.read(reader.raw, &room, room.count), count > 0 || (count < 0 && errno == EINTR) { bytes += room.prefix(max(0, count)) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func refusal(of worker: FilePath, _ reason: Int32) -> ProgramError {
        ProgramError(.refused, "cannot start \(worker.quoted): \(String(cString: strerror(reason)).lowercased())")
    }
}

/// A format as a few lines for people; media types are for programs.
private struct FormatEntry {
    let fields: [String]

    init(_ line: Substring) { fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }

    func render(on terminal: Terminal) -> String {
        guard fields.count >= 6 else { return fields.joined(separator: "  ") }
        let head = "\(terminal.paint(fields[0].padded(to: 7), .strong)) \(fields[1])" + (fields[2] == fields[0] ? "" : terminal.paint(" (\(fields[2]))", .faint))
        let indent = String(repeating: " ", count: 8)
        return """
            \(head.broken(at: terminal.width, indent: 8, first: 0))
            \(indent)\(terminal.paint("+", .good)) \(fields[4].broken(at: terminal.width, indent: 10))
            \(indent)\(terminal.paint("-", .warning)) \(fields[5].broken(at: terminal.width, indent: 10))
            """
    }
}
