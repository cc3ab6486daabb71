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
    @OptionGroup var choice: FailureChoice
    @OptionGroup var place: Place

    func run() async throws {
        do { try place.show(choice.request(.dismiss)) } catch is ControlUnreachable {
            print(try await OfflineDismissal(state: place.stateFolder()).run(job: choice.job, code: choice.code))
        }
    }
}
