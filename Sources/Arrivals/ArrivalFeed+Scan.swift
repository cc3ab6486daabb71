// SPDX-License-Identifier: Apache-2.0
package import FileAccess
import Glibc
import Synchronization
import SystemPackage

extension ArrivalFeed {
    /// Walks the inbox once. Files whose look proves them complete are offered at once; the others settle.
    @discardableResult
    package func scan(_ origin: Origin) async throws -> SweepOutcome {
        report(.scanStarted(origin))
        let start = Instant.now
        var outcome = SweepOutcome()
        var directories = [FilePath("")]
        var walked = 0
        var entries = 0
        while let directory = directories.popLast() {
            walked += 1
            do {
                let opened = directory.isEmpty ? nil : try looking.inbox.open(directory, O_RDONLY | O_DIRECTORY)
                var listing = try DirectoryListing(of: opened?.raw ?? looking.inbox.descriptor, path: looking.inbox.absolute(directory))
                while let entry = try listing.next() {
                    try Task.checkCancellation()
                    entries += 1
                    let path = directory.appending(entry.name)
                    switch try kind(of: entry, path) {
                    case .directory:
                        if settings.recursive, rules.rule(forFolder: entry.name) == nil { directories.append(path) }
                    case .regular: await found(path, origin, &outcome)
                    case .symbolicLink, .other, .unknown:
                        outcome.ignored += 1
                        report(.ignored(path, rule: "it is not a regular file"))
                    }
                }
            } catch let error as SystemError {
                if error.kind == .missing, !directory.isEmpty { continue }
                if directory.isEmpty { throw error }
                report(.unreadable(directory, error))
            }
        }
        report(.scanFinished(origin, directories: walked, entries: entries, new: outcome.seen, milliseconds: Instant.now.since(start).wholeMilliseconds))
        return outcome
    }

    /// The entry's kind; asked of the file itself where the file system does not say.
    private func kind(of entry: DirectoryListing.Entry, _ path: FilePath) throws -> DirectoryListing.Entry.Kind {
        guard entry.kind == .unknown else { return entry.kind }
        guard let identity = try looking.inbox.identityIfPresent(of: path) else { return .other }
        return identity.isRegular ? .regular : identity.isDirectory ? .directory : .other
    }

    private func found(_ path: FilePath, _ origin: Origin, _ outcome: inout SweepOutcome) async {
        if let rule = rules.rule(forFile: path) {
            outcome.ignored += 1
            return report(.ignored(path, rule: rule))
        }
        let isNew = desk.withLock { desk in
            if desk.offered.contains(path) { return false }
            guard desk.settling.count < FeedDesk.settlingMost else {
                desk.wantsScan = true
                return false
            }
            desk.settling.noticed(path, .found, origin, now: .now)
            return true
        }
        guard isNew else { return }
        outcome.seen += 1
        let look = looking.look(at: path)
        let verdict = desk.withLock { $0.settling.looked(path, look, now: .now) }
        if verdict == .wait { report(.settling(path)) }
        await act(on: path, verdict)
    }

    /// One scan for a one-shot run. With `wait` it stays until every file has settled; `next` ends with the last of them.
    package func sweep(wait: Bool) async throws -> SweepOutcome {
        defer { close() }
        var outcome = try await scan(.command)
        while wait, let due = desk.withLock({ $0.settling.nextDue }) {
            let now = Instant.now
            if due > now { try await Task.sleep(for: due.since(now)) }
            _ = await settle(now: .now)
        }
        outcome.unsettled = desk.withLock { Array($0.settling.paths.prefix(1_000)) }
        return outcome
    }
}

extension Folder {
    /// On a network file system, whose changes the kernel does not tell of.
    package var isRemote: Bool { RemoteFileSystems.isRemote(linuxType) }
}
