// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FileAccess
import Glibc
import Pipeline
import SystemPackage

struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "Lists the formats that are read, with what is carried over and what is not.",
        discussion: "The worker answers: this program itself reads no format.")

    func run() throws {
        let worker = try Programs.worker()
        var arguments: [UnsafeMutablePointer<CChar>?] = [worker.withPlatformString { strdup($0) }, strdup("--formats"), nil]
        _ = worker.withPlatformString { execv($0, &arguments) }
        throw ProgramError(.refused, "cannot start \(worker.quoted): \(String(cString: strerror(errno)).lowercased())")
    }
}
