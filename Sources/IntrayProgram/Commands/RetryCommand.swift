// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Pipeline

struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "retry", abstract: "Has files taken again that failed or were cancelled.",
        discussion: "Files in quarantine go back to their inbox. Asks the daemon; without one it moves the files itself, and the next start takes them. After a sweep it lets the next sweep take them. --code cancelled means every job that was cancelled.")
    @OptionGroup var choice: FailureChoice
    @OptionGroup var place: Place

    func run() async throws {
        do { for line in try place.client().values(choice.request(.retry), as: String.self) { print(line) } } catch is ControlUnreachable {
            try await retryAlone()
        }
    }

    private func retryAlone() async throws {
        let outcome = try await OfflineRetry(state: place.stateFolder(), configuration: place.configuration()).run(job: choice.job, code: choice.code)
        for line in outcome.lines { print(line) }
        if outcome.taken == 0 { throw ExitStatus(code: ProgramError.Exit.failures.rawValue) }
    }
}
