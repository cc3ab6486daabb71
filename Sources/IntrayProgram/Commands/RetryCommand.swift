// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Pipeline

struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "retry", abstract: "Has files taken again that failed or were cancelled.",
        discussion: "Files in quarantine go back to their inbox. Asks the daemon; without one it moves the files itself, and the next start takes them. After a sweep it lets the next sweep take them.")
    @Argument(help: "The job's name, as \"intray jobs\" shows it.") var job: String?
    @Flag(help: "Every failed job.") var all = false
    @Option(help: "Every job that failed with this code; \"cancelled\": every one that was cancelled.") var code: String?
    @OptionGroup var place: Place

    func validate() throws {
        if [job != nil, all, code != nil].count(where: { $0 }) != 1 { throw ValidationError("Name one job, or give --all or --code.") }
        try FailureCodes.check(code)
    }

    func run() async throws {
        var request = ControlRequest(.retry)
        request.job = job
        request.all = all
        request.code = code
        do { for line in try place.client().values(request, as: String.self) { print(line) } } catch is ControlUnreachable {
            try await retryAlone()
        }
    }

    private func retryAlone() async throws {
        let outcome = try await OfflineRetry(state: place.stateFolder(), configuration: place.configuration()).run(job: job, code: code)
        for line in outcome.lines { print(line) }
        if outcome.taken == 0 { throw ExitStatus(code: ProgramError.Exit.failures.rawValue) }
    }
}
