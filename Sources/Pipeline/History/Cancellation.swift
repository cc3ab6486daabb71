// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import FileAccess
import Ledger

/// Takes jobs out of work, and says what came of each.
struct Cancellation {
    let intake: Intake

    /// Every job that waits or runs.
    var everything: [JobID] { intake.processor.groupCounts.keys.sorted().flatMap { intake.processor.jobs(ofGroup: $0) } }

    /// For people: what became of each, and how cancelled ones are taken up again.
    func run(_ jobs: [JobID]) async throws -> [String] {
        for job in jobs { intake.processor.cancel(job) }
        await settle(jobs)
        var lines: [String] = []
        var cancelled = 0
        for job in jobs {
            var query = JobQuery()
            query.job = job.text
            let row = try intake.ledger.jobs(query).first
            let path = row.map { "  \($0.path.escaped)" } ?? ""
            if row?.state == "cancelled" { cancelled += 1 }
            if lines.count < Self.told { lines.append("\(job)\(path): \(Self.word(row, isHeld: intake.processor.holds(job)))") }
        }
        if jobs.count > lines.count { lines.append("and \(jobs.count - lines.count) more") }
        guard cancelled > 0 else { return lines }
        let way = cancelled == 1 && jobs.count == 1 ? "\"intray retry \(jobs[0])\"" : "\"intray retry JOB\", or for all of them \"intray retry --code cancelled\""
        return lines + ["\(cancelled) \(cancelled == 1 ? "file stays in its inbox and is" : "files stay in their inboxes and are") not taken again until you ask for it: \(way)"]
    }

    /// Why a job cannot be cancelled that the processor does not hold.
    func refusal(of name: String) throws -> String {
        var query = JobQuery()
        query.job = name
        guard let row = try JobID(name).flatMap({ _ in try intake.ledger.jobs(query).first }) else { return "cannot cancel \"\(name)\": there is no such job" }
        return "cannot cancel \"\(name)\": it neither waits nor runs; it is \(row.state)"
    }

    private static func word(_ row: JobRow?, isHeld: Bool) -> String {
        switch row?.state {
        case "cancelled"?: "cancelled"
        case let state? where JobRow.endings.contains(state): "\(state) before it could be cancelled"
        default: isHeld ? "asked to end, which takes a while" : "given back untouched"
        }
    }

    /// Until none of them is held any more, or a worker has had its time to end.
    private func settle(_ jobs: [JobID]) async {
        var wait = Duration.milliseconds(5)
        let end = Instant.now + .seconds(8)
        var left = jobs
        while true {
            left.removeAll { !intake.processor.holds($0) }
            guard !left.isEmpty, .now < end, (try? await Task.sleep(for: wait)) != nil else { return }
            wait = min(wait * 2, .milliseconds(200))
        }
    }

    /// Lines about single jobs.
    private static let told = 1_000
}
