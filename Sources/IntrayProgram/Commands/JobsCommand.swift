// SPDX-License-Identifier: Apache-2.0
import Announcements
import ArgumentParser
import Control
import ConversionProtocol
import FoundationEssentials
import Glibc
import Ledger
import Pipeline
import Quantities
import Settings
import SystemPackage

struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Lists what became of files, the newest first; tells one job's story.",
        discussion: """
            Jobs stand in the order in which their files were taken, which is the time in the first column; the last one is on top. \
            Asks the daemon; without one it reads the state folder itself, for instance after a sweep.
            """)

    @Argument(help: "One job by its name: its whole story.") var job: String?
    @Option(name: .long, help: "done, failed, skipped, cancelled, retried, dismissed, claimed or waiting.") var status: String?
    @Option(name: .long, help: "A failure's code, such as malformed or encrypted.") var code: String?
    @Option(name: .long, help: "Part of the file's path.") var name: String?
    @Option(name: .long, help: "One route.") var route: String?
    @Option(name: .shortAndLong, help: "At most so many.") var number = 50
    @OptionGroup var place: Place
    @OptionGroup var output: JSONFlag

    func validate() throws {
        if let status, !JobRow.states.contains(status) { throw ValidationError("There is no status \"\(status)\"; there are \(JobRow.states.joined(separator: ", ")).") }
        if let state = place.state, JobRow.states.contains(state.path.string), !Folders.isFolder(state.path) {
            throw ValidationError("--state names a folder; what became of a job is chosen with --status \(state.path.string).")
        }
        try FailureCodes.check(code)
        if number < 1 { throw ValidationError("-n takes a number from 1.") }
    }

    func run() throws {
        let rows = try fetch()
        if let job { return try tell(job, rows.first) }
        if output.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            for row in rows { print(String(decoding: try encoder.encode(row), as: UTF8.self)) }
            return
        }
        let terminal = Terminal.output
        guard !rows.isEmpty || !terminal.isTerminal else { return print("no job is like that") }
        print(Self.table(rows, on: terminal).render(on: terminal), terminator: "")
        if rows.count == number, terminal.isTerminal { print(terminal.paint("the newest \(number); -n shows more", .faint)) }
    }

    /// Where a line has no room for everything, why a file failed stands below it, and the size is left out.
    static func table(_ rows: [JobReport], on terminal: Terminal) -> TextTable {
        let isNarrow = terminal.width.map { $0 < 120 } ?? false
        var table = TextTable(header: ["TAKEN", "JOB", "STATE"] + (isNarrow ? ["FILE"] : ["SIZE", "FILE", "RESULT"]))
        for row in rows {
            let time = JobID(row.job).map { Event.text(of: $0.milliseconds) } ?? row.updated
            let words = result(row, isBrief: terminal.isTerminal)
            let cells: [TextTable.Cell] = [.init(terminal.isTerminal ? Clock.short(time) : time), .init(row.job, .faint, isWhole: true), .init(row.state, ink(row.state))]
            let file = TextTable.Cell(row.path, keepsEnd: true)
            table.add(cells + (isNarrow ? [file] : [.init(Quantity.bytes(row.size)), file, .init(words)]))
            if isNarrow, !words.isEmpty { table.note(words) }
        }
        return table
    }

    /// Why it failed, or its output and how much was lost. In brief, an output that is named after the file is not told.
    static func result(_ row: JobReport, isBrief: Bool) -> String {
        if let code = row.code { return "\(code): \(row.reason ?? "")" }
        var words = row.outputs.last ?? (row.state == "done" ? nil : row.reason) ?? ""
        if isBrief, words.hasPrefix(row.path + ".") { words = "" }
        if let gone = row.missing?.count, gone > 0 { words += "\(words.isEmpty ? "" : ", ")\(gone == row.outputs.count ? "which is" : "\(gone) outputs are") not there any more" }
        if let damage = row.reason, row.state == "done" { words = words.isEmpty ? damage : "\(words), \(damage)" }
        guard row.losses > 0 else { return words }
        let losses = Quantity.count(row.losses, "loss", "losses")
        return words.isEmpty ? losses : "\(words) (\(losses))"
    }

    private static func ink(_ state: String) -> Terminal.Ink? {
        switch state {
        case "done": .good
        case "failed": .bad
        case "claimed", "waiting", "retried", "dismissed": .link
        default: .warning
        }
    }

    /// Every event about the job, as the log has it.
    private func tell(_ job: String, _ row: JobReport?) throws {
        let story = try JobStory(job, state: try place.stateFolder())
        if row == nil, story.events.isEmpty { throw ProgramError(.failures, "cannot find job \"\(job)\": neither the history nor the log has it") }
        if output.json {
            for line in story.lines { print(line) }
            return
        }
        let terminal = Terminal.output
        if let row {
            let head = "\(terminal.paint(row.path, .strong)): \(row.state)\(row.code.map { " (\($0))" } ?? ""), \(Quantity.bytes(row.size)), \(row.attempts) attempt\(row.attempts == 1 ? "" : "s")"
            print(head.broken(at: terminal.width, indent: 2, first: 0))
            if let missing = row.missing, !missing.isEmpty {
                let which = missing.prefix(3).joined(separator: ", ") + (missing.count > 3 ? " and \(missing.count - 3) more" : "")
                print("  \("not in the outbox any more: \(which)".broken(at: terminal.width, indent: 2))")
            }
            if let code = row.code.flatMap({ FailureCode(rawValue: $0) }) {
                print("  \(code.meaning.broken(at: terminal.width, indent: 2))\n  → \(place.addressed(code.advice).broken(at: terminal.width, indent: 4))")
            }
        }
        var table = TextTable(header: ["WHEN", "EVENT", "DETAIL"])
        for event in story.events { table.add(terminal.isTerminal ? Clock.short(event.time) : event.time, event.type, event.detail) }
        print(table.render(on: terminal), terminator: "")
        for untaken in story.untaken { print(words(untaken, job, terminal), terminator: "") }
    }

    /// What a hook has not taken, and what is done about that.
    private func words(_ untaken: JobStory.Untaken, _ job: String, _ terminal: Terminal) -> String {
        let fate = untaken.isGivenUp ? "has given up \(untaken.event)" : "has not taken \(untaken.event) yet"
        var text = "hook \(terminal.paint(untaken.hook, .strong)) \(terminal.paint(fate, untaken.isGivenUp ? .bad : .warning)), run \(untaken.run): \(untaken.reason)"
        if let next = untaken.next { text += "; next attempt at \(Clock.short(next))" }
        text = text.broken(at: terminal.width, indent: 2, first: 0) + "\n"
        return untaken.isGivenUp ? text + "  → \(place.addressed("\"intray hook retry \(untaken.hook) \(job)\""))\n" : text
    }

    private func fetch() throws -> [JobReport] {
        do {
            var request = ControlRequest(.jobs)
            request.job = job
            request.state = status
            request.code = code
            request.name = name
            request.route = route
            request.limit = number
            return try place.client().values(request, as: JobReport.self)
        } catch let error as ControlUnreachable {
            let ledger = try place.history(without: error)
            try place.tellNotRunning()
            var query = JobQuery()
            query.job = job
            query.state = status
            query.code = code
            query.name = name
            query.route = route
            query.limit = number
            let rows = try ledger.jobs(query)
            if rows.isEmpty, let route, case let known = try ledger.routeNames(), !known.contains(route) {
                throw ProgramError(.failures, "cannot find route \"\(route)\"; \(known.isEmpty ? "the history has none" : "there are \(known.joined(separator: ", "))")")
            }
            // What cannot be known of the routes is not said of their outputs.
            let outboxes = Dictionary((try? place.routes())?.map { ($0.name, $0.outbox) } ?? []) { $1 }
            return rows.map { $0.report(outbox: outboxes[$0.route]) }
        }
    }
}
