// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Pipeline

struct DismissCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: "Is done with failures: they are not counted and listed as failed any more.",
        discussion: """
            For what will not be retried. No file is touched: what is in quarantine stays there until you delete it, and "intray retry JOB" has it \
            taken all the same. Asks the daemon; without one it notes it in the history itself.
            """)
    @Argument(help: "The job's name, as \"intray jobs\" shows it.") var job: String?
    @Flag(help: "Every failed job.") var all = false
    @Option(help: "Every job that failed with this code.") var code: String?
    @OptionGroup var place: Place

    func validate() throws {
        if [job != nil, all, code != nil].count(where: { $0 }) != 1 { throw ValidationError("Name one job, or give --all or --code.") }
        try FailureCodes.check(code)
    }

    func run() async throws {
        var request = ControlRequest(.dismiss)
        request.job = job
        request.all = all
        request.code = code
        do { try place.show(request) } catch is ControlUnreachable {
            print(try await OfflineDismissal(state: place.stateFolder()).run(job: job, code: code))
        }
    }
}
