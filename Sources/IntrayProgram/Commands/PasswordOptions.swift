// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol
import FileAccess
import Glibc
import Pipeline
import SystemPackage

/// Passwords for encrypted documents, for every command that converts without a configuration file.
struct PasswordOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Tried on encrypted documents; may be given several times. Others can see it in the list of processes: better a file.", valueName: "text"))
    var password: [String] = []

    @Option(name: .long, help: ArgumentHelp("A file with passwords, one a line; - is standard input, at a terminal asked for and not shown.", valueName: "file"))
    var passwordFile: PathArgument?

    var isGiven: Bool { !password.isEmpty || passwordFile != nil }

    func passwords() throws -> DocumentPasswords {
        var all = password
        if let file = passwordFile?.path {
            do {
                let lines = try file.string == "-" ? Self.standardInput() : Descriptor.open(file, O_RDONLY | O_NOCTTY).read(Self.mostBytes, path: file)
                all += DocumentPasswords(lines: lines).candidates
            } catch let interruption as ExitStatus { throw interruption } catch { throw ProgramError(.unavailable, "\(error)") }
        }
        return DocumentPasswords(all)
    }

    private static let mostBytes = 256 << 10

    private static func standardInput() throws -> [UInt8] {
        if isatty(0) == 1 { return try SecretPrompt.ask("Password (not shown): ") }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < mostBytes {
            let count = read(0, &room, room.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read", "standard input") }
            if count == 0 { break }
            bytes += room.prefix(count)
        }
        return bytes
    }
}
