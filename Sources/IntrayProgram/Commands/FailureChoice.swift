// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control

/// Which failures are meant: one job, all, or those with a code.
struct FailureChoice: ParsableArguments {
    @Argument(help: "The job's name, as \"intray jobs\" shows it.") var job: String?
    @Flag(help: "Every failed job.") var all = false
    @Option(help: "Every job that failed with this code.") var code: String?

    func validate() throws {
        if [job != nil, all, code != nil].count(where: { $0 }) != 1 { throw ValidationError("Name one job, or give --all or --code.") }
        try FailureCodes.check(code)
    }

    func request(_ command: ControlCommand) -> ControlRequest {
        var request = ControlRequest(command)
        request.job = job
        request.all = all
        request.code = code
        return request
    }
}
