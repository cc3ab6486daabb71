// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import BatchProcessing
import FileAccess
import Glibc
import ServiceLifecycle
import Settings
import Spooling
import Synchronization
import SystemPackage
import UnixSignals

/// Reads the configuration again and puts it in force, whole or not at all.
///
/// A route whose settings changed is replaced: the new one takes what arrives and what waits untaken; what the old one
/// has begun it ends with its old settings. Settings outside the routes, but for the number of workers, need a restart;
/// which of them changed is said.
struct Reload: Sendable {
    let intake: Intake
    let source: FilePath?

    /// What changed, in sentences.
    /// - Throws: `ProgramError` with everything that is wrong; then nothing has changed.
    func run() throws -> [String] {
        try intake.table.changing.withLock { _ in
            do {
                guard let source else { throw ProgramError(.refused, "cannot reload: the daemon was started without a configuration file; start it with -c FILE") }
                let wanted: Settings.Configuration
                do { wanted = try Settings.Configuration.load(source) } catch let error as ConfigurationFaults {
                    throw ProgramError(.refused, "cannot use \(source.quoted), the old settings stay:\n\(error.description)")
                }
                let outcome = try apply(wanted)
                tell(.configurationReloaded, outcome.lines.joined(separator: "; "), outcome.details)
                return outcome.lines
            } catch {
                tell(.configurationRejected, String("\(error)".prefix(2_000)), [:])
                throw error
            }
        }
    }

    private func tell(_ type: EventType, _ reason: String, _ details: [String: String]) {
        var event = Event(type)
        event.reason = reason
        event.details = details.isEmpty ? nil : details
        intake.bus.post(event)
    }

    private func apply(_ wanted: Settings.Configuration) throws -> Outcome {
        let old = intake.configuration
        try Intake.refuse(wanted)
        var outcome = Outcome(old: old, wanted: wanted)
        var routes: [Route] = []
        for settings in wanted.routes {
            let same = intake.routes.first { $0.settings == settings }
            if let same, same.spool.hasInbox, same.spool.hasOutbox {
                routes.append(same)
            } else if same != nil {
                // Whoever asks has put those folders there.
                routes.append(try intake.makeRoute(settings, intake.table.holder(of: settings.name)))
                outcome.renewed.append(settings.name)
            } else {
                routes.append(try intake.makeRoute(settings, intake.table.holder(of: settings.name)))
            }
        }
        // Looked for now, so that a reload that cannot be watched is refused, not the end of the daemon.
        if routes.contains(where: { !$0.feed.isPolling }) { _ = try Programs.watcher() }
        var inForce = old
        inForce.routes = wanted.routes
        inForce.workers.count = wanted.workers.count
        intake.table.replace(with: inForce, routes)
        // What has changed may be what a route was waiting for.
        for settings in wanted.routes { intake.processor.lookAgain(at: settings.name) }
        if wanted.workers.count != old.workers.count { outcome.changed.append("workers.count") }
        // A second route brings the spare workers with it.
        if wanted.workers.count != old.workers.count || wanted.routes.count != old.routes.count { intake.setWorkers(inForce.workerCount) }
        return outcome
    }

    /// What a reload did.
    private struct Outcome {
        var changed: [String]
        var added: [String]
        var removed: [String]
        /// Routes whose folders others have taken the place of.
        var renewed: [String] = []
        /// Keys that changed in the file and are not in force.
        var restart: [String]

        init(old: Settings.Configuration, wanted: Settings.Configuration) {
            let before = Dictionary(old.routes.map { ($0.name, $0) }) { first, _ in first }
            changed = wanted.routes.filter { new in before[new.name].map { $0 != new } ?? false }.map { "route \"\($0.name)\"" }
            added = wanted.routes.filter { before[$0.name] == nil }.map(\.name)
            removed = old.routes.filter { old in !wanted.routes.contains { $0.name == old.name } }.map(\.name)
            let fixed: [(String, Bool)] = [
                ("instance", old.instance != wanted.instance), ("state", old.state != wanted.state),
                ("control_socket", old.controlSocketPath != wanted.controlSocketPath),
                ("event_log", old.eventLogBytes != wanted.eventLogBytes || old.eventLogKeep != wanted.eventLogKeep),
                ("workers.spare", old.workers.spare != wanted.workers.spare),
                ("workers.isolation", old.workers.isolation != wanted.workers.isolation),
                ("workers.batch_documents", old.workers.batchDocuments != wanted.workers.batchDocuments),
                ("workers.restart_after", old.workers.restartAfter != wanted.workers.restartAfter),
                ("workers.user", old.workers.user != wanted.workers.user),
                ("sandbox", old.sandbox != wanted.sandbox), ("dashboard", old.dashboard != wanted.dashboard), ("hooks", old.hooks != wanted.hooks),
            ]
            restart = fixed.filter(\.1).map(\.0)
        }

        var lines: [String] {
            var lines: [String] = []
            if !changed.isEmpty { lines.append("changed: \(changed.joined(separator: ", "))") }
            if !added.isEmpty { lines.append("new: \(added.map { "route \"\($0)\"" }.joined(separator: ", "))") }
            if !removed.isEmpty { lines.append("ended: \(removed.map { "route \"\($0)\"" }.joined(separator: ", ")); what is in work is finished") }
            if !renewed.isEmpty { lines.append("taken up, with the folders that stand there now: \(renewed.map { "route \"\($0)\"" }.joined(separator: ", "))") }
            if !restart.isEmpty { lines.append("needs a restart, not in force: \(restart.joined(separator: ", "))") }
            return lines.isEmpty ? ["nothing has changed"] : lines
        }

        var details: [String: String] {
            let pairs = [("changed", changed), ("added", added), ("removed", removed), ("renewed", renewed), ("needs_restart", restart)]
            return Dictionary(pairs.filter { !$0.1.isEmpty }.map { ($0.0, $0.1.joined(separator: ", ")) }) { first, _ in first }
        }
    }
}

/// Reloads at each SIGHUP.
struct ReloadService: Service {
    let reload: Reload

    func run() async throws {
        // Listening is not cancelled while it begins: then it might never return.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in hangups {
                // What was wrong is in the event log; nobody waits for an answer.
                _ = try? reload.run()
            }
        }
    }
}
