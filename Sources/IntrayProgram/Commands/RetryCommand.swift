// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Ledger
import Pipeline

struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "retry", abstract: "Gives quarantined files back to their inbox.",
        discussion: "Asks the daemon; without one it moves the files itself, and the next start takes them. After a sweep it lets the next sweep take them.")
    @Argument(help: "The job's name, as \"intray jobs\" shows it.") var job: String?
    @Flag(help: "Every failed job.") var all = false
    @Option(help: "Every job that failed with this code.") var code: String?
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
        var query = JobQuery()
        query.state = "failed"
        query.job = job
        query.code = code
        query.limit = .max >> 1
        let (found, moved) = try await OfflineRetry(state: place.stateFolder(), configuration: place.configuration()).run(query)
        guard found > 0 else { throw ProgramError(.failures, "cannot retry: no failed job is like that") }
        print(moved > 0 ? "\(moved) of \(found) files are back in their inbox" : "\(found) \(found == 1 ? "file" : "files") will be taken again")
    }
}
