// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc
import Pipeline

/// `intray`: parse the command line, build what it asks for, run it, end with an exit code that says what happened.
@main
struct Program {
    static func main() async {
        // A reader that has gone is an error of the write, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        do {
            let arguments = PathArgument.commandLine()
            if let refusal = UnknownCommand.refusal(of: arguments) { throw refusal }
            var command = try Intray.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Ending(of: error).leave()
        }
    }
}

struct Intray: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intray",
        abstract: "Turns documents that arrive in a folder into Markdown, plain text, JSON or HTML.",
        discussion: """
            Exit codes: 0 all fine; 1 some files failed, or what was asked could not be done; 2 usage; 3 refused for safety or a \
            fault in the configuration; 4 another instance holds the lock; 5 inbox, outbox or daemon not to be reached; \
            6 stopped by the environment; 7 sweep incomplete; 130 interrupted twice.
            """,
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(name: "Convert", subcommands: [WatchCommand.self, SweepCommand.self, ConvertCommand.self]),
            CommandGroup(name: "Look", subcommands: [
                StatusCommand.self, JobsCommand.self, ExplainCommand.self, EventsCommand.self, FormatsCommand.self, ConfigCommand.self, CheckCommand.self, HookCommand.self,
            ]),
            CommandGroup(name: "Steer", subcommands: [
                PauseCommand.self, ResumeCommand.self, CancelCommand.self, RetryCommand.self, DismissCommand.self, RescanCommand.self, ReloadCommand.self, StopCommand.self,
            ]),
        ])
}
