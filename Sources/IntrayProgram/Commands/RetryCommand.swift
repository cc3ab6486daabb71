// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control

struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "retry", abstract: "Gives quarantined files back to their inbox.")
    @Argument(help: "The job's name, as \"intray jobs\" shows it.") var job: String?
    @Flag(help: "Every failed job.") var all = false
    @Option(help: "Every job that failed with this code.") var code: String?
    @OptionGroup var place: Place

    func validate() throws {
        if [job != nil, all, code != nil].count(where: { $0 }) != 1 { throw ValidationError("Name one job, or give --all or --code.") }
    }

    func run() throws {
        var request = ControlRequest(.retry)
        request.job = job
        request.all = all
        request.code = code
        for line in try place.client().values(request, as: String.self) { print(line) }
    }
}
