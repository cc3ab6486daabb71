// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Hooks
import Pipeline

struct HookRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Tells hooks again of the events that were given up.",
        discussion: """
            Each is told under the name it had, with its attempts counted anew; what a hook put off is due at once, and a hook that \
            switched itself off is on again. Asks the daemon; without one the next start tells them.
            """)

    @Argument(help: "The hook's name in the configuration.") var hook: String?
    @Argument(help: "Only events about this job, as \"intray jobs\" shows its name.") var job: String?
    @Flag(help: "Every hook.") var all = false
    @OptionGroup var place: Place

    func validate() throws {
        if (hook != nil) == all { throw ValidationError("Name one hook, or give --all.") }
    }

    private func say(_ lines: [String]) {
        if lines.isEmpty { print("nothing was given up or put off") }
        for line in lines { print(line) }
    }

    func run() async throws {
        var request = ControlRequest(.hookRetry)
        request.hook = hook
        request.job = job
        do {
            say(try place.client().values(request, as: String.self))
        } catch is ControlUnreachable {
            say(try await OfflineRedelivery(state: place.stateFolder()).run(hook: hook, job: job).map { "\($0.text), at the next start" })
        }
    }
}
