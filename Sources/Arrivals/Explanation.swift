// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization
package import SystemPackage

/// Why a file of an inbox is, or is not, taken.
package struct Explanation: Sendable {
    package enum State: String, Sendable {
        case missing, unreadable, ignored, marker, settling, ready, offered
    }

    package var state: State
    /// The rule or the missing proof first; each a sentence without its subject's name.
    package var reasons: [String]
}

extension ArrivalFeed {
    /// What is known here of a file, by its path below the inbox, and one more look at it.
    package func explain(_ path: FilePath) -> Explanation {
        if desk.withLock({ $0.offered.contains(path) }) {
            return Explanation(state: .offered, reasons: ["it is complete, and waits for a worker or is in work"])
        }
        return Explanation.of(path, settings, rules, looking, held: desk.withLock { $0.settling.entry(path) }, isPolling: isPolling)
    }
}

extension Explanation {
    /// What the rules and one look say, with nobody watching.
    package static func of(_ path: FilePath, _ settings: ArrivalSettings) throws -> Explanation {
        let looking = Looking(inbox: try InboxFolder(settings.inbox), useLease: settings.useLease, marker: settings.marker)
        return of(path, settings, IgnoreRules(settings), looking, held: nil, isPolling: settings.mode == .poll)
    }

    static func of(
        _ path: FilePath, _ settings: ArrivalSettings, _ rules: IgnoreRules, _ looking: Looking, held: Settling.Entry?, isPolling: Bool
    ) -> Explanation {
        if let marker = settings.marker, marker.isMarker(path) {
            return Explanation(state: .marker, reasons: ["it is a marker (\(marker)), which announces a file and is none itself"])
        }
        if let rule = rules.rule(forFile: path) { return Explanation(state: .ignored, reasons: [rule]) }
        if !settings.recursive, path.components.count > 1 { return Explanation(state: .ignored, reasons: ["sub-folders are not looked into"]) }
        // A folder that cannot be read hides what lies in it.
        if let obstacle = looking.obstacle(on: path) { return Explanation(state: .unreadable, reasons: ["\(obstacle)"]) }
        switch looking.look(at: path) {
        case .gone: return Explanation(state: .missing, reasons: ["there is no such file in the inbox"])
        case .notRegular: return Explanation(state: .ignored, reasons: ["it is not a regular file"])
        case .mounted: return Explanation(state: .ignored, reasons: [Looking.mounted])
        case .file(let identity, let writer, let isOld, let marker):
            if let rule = rules.rule(forSize: identity.size) { return Explanation(state: .ignored, reasons: [rule]) }
            var missing = missingProofs(path, identity, writer, settings, marker: marker)
            if missing.isEmpty, settings.marker == nil, !(isOld && writer == .none) {
                missing = quietProofs(held, writer, quiet: isPolling ? settings.pollQuiet : settings.quiet)
            }
            return missing.isEmpty
                ? Explanation(state: .ready, reasons: ["nothing holds it back; the next look takes it"])
                : Explanation(state: .settling, reasons: missing)
        }
    }

    private static func missingProofs(
        _ path: FilePath, _ identity: FileIdentity, _ writer: Settling.Writer, _ settings: ArrivalSettings, marker: FilePath?
    ) -> [String] {
        var missing: [String] = []
        if let pattern = settings.marker, marker == nil {
            missing.append("its marker \(pattern.marker(for: path).quoted) is missing")
        }
        if identity.size == 0 {
            switch settings.empty {
            case .wait: missing.append("it is empty; empty files are given \(settings.emptyGrace) and then fail")
            case .ignore: missing.append("it is empty; empty files are ignored")
            case .fail, .convert: break
            }
        }
        if writer == .some {
            let writers = OpenForWriting.processes(on: identity)
            let names = writers.map { "\($0.name) (process \($0.process))" }.joined(separator: ", ")
            missing.append(names.isEmpty ? "somebody has it open for writing" : "\(names) has it open for writing")
        }
        return missing
    }

    private static func quietProofs(_ held: Settling.Entry?, _ writer: Settling.Writer, quiet: Duration) -> [String] {
        var missing: [String] = []
        if let held {
            let left = held.due.since(.now)
            if left > .zero { missing.append("it was touched less than \(quiet) ago; the next look is in \(left.wholeMilliseconds) ms") }
            if held.sign == .found || held.sign == .created || writer == .unknown {
                missing.append("two equal looks \(writer == .unknown ? quiet + quiet : quiet) apart are needed; \(held.seen == nil ? "none" : "one") so far")
            }
        } else {
            missing.append("it changed less than a minute ago and has not been followed; two equal looks \(quiet) apart are needed")
        }
        if writer == .unknown { missing.append("who writes to it cannot be asked: it belongs to somebody else, or its file system knows no leases") }
        return missing
    }
}
