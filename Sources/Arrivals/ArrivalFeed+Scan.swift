// SPDX-License-Identifier: Apache-2.0
package import FileAccess
import Glibc
import Synchronization
import SystemPackage

extension ArrivalFeed {
    /// What a scan does with a file that is not proved complete at the first look.
    enum Following {
        /// It settles; while there is no room the scan waits, but not for ever.
        case waits
        /// It settles if there is room.
        case ifRoom
        /// It is counted.
        case no
    }

    /// Walks the inbox once. Files whose look proves them complete are offered at once; the others settle.
    @discardableResult
    func scan(_ origin: Origin, following: Following? = nil) async throws -> SweepOutcome {
        report(.scanStarted(origin))
        desk.withLock { $0.unreadable.scanBegins() }
        let start = Instant.now
        try looking.inbox.refresh()
        let inbox = looking.inbox.folder
        var following = following ?? (origin == .poll ? .ifRoom : .waits)
        var outcome = SweepOutcome()
        var directories = [FilePath("")]
        var unreadable: [FilePath: SystemError] = [:]
        var walked = 0
        var entries = 0
        while let directory = directories.popLast() {
            walked += 1
            do {
                let opened = directory.isEmpty ? nil : try looking.list(directory)
                var listing = try DirectoryListing(of: opened?.raw ?? inbox.descriptor, path: inbox.absolute(directory))
                while let entry = try listing.next() {
                    try Task.checkCancellation()
                    entries += 1
                    let path = directory.appending(entry.name)
                    switch try kind(of: entry, path, inbox) {
                    case .directory:
                        if settings.recursive, rules.rule(forFolder: entry.name) == nil { directories.append(path) }
                    case .regular: await found(path, origin, &following, &outcome)
                    case .symbolicLink, .other, .unknown:
                        outcome.ignored += 1
                        report(.ignored(path, rule: "it is not a regular file"))
                    }
                }
            } catch let error as SystemError {
                if directory.isEmpty { throw error }
                if error.kind == .missing { continue }
                if error.errno == EXDEV {
                    outcome.ignored += 1
                    report(.ignored(directory, rule: Looking.mounted))
                    continue
                }
                if unreadable.count < UnreadableFolders.most { unreadable[directory] = error }
            }
        }
        for news in desk.withLock({ $0.unreadable.scanned(unreadable) }) { report(news) }
        outcome.unreadable = unreadable
        report(.scanFinished(origin, directories: walked, entries: entries, new: outcome.seen, milliseconds: Instant.now.since(start).wholeMilliseconds))
        return outcome
    }

    /// Whether one folder can be read, told like what a scan finds.
    func look(atFolder path: FilePath) {
        if path.components.contains(where: { rules.rule(forFolder: $0) != nil }) { return }
        var obstacle: SystemError?
        // One that is gone, or a mount, hides nothing.
        do { _ = try looking.list(path) } catch { obstacle = error.kind == .access ? error : nil }
        if let news = desk.withLock({ $0.unreadable.looked(at: path, obstacle: obstacle) }) { report(news) }
    }

    /// The entry's kind; asked of the file itself where the file system does not say.
    private func kind(of entry: DirectoryListing.Entry, _ path: FilePath, _ inbox: Folder) throws -> DirectoryListing.Entry.Kind {
        guard entry.kind == .unknown else { return entry.kind }
        guard let identity = try inbox.identityIfPresent(of: path) else { return .other }
        return identity.isRegular ? .regular : identity.isDirectory ? .directory : .other
    }

    private func found(_ path: FilePath, _ origin: Origin, _ following: inout Following, _ outcome: inout SweepOutcome) async {
        if let marker = settings.marker, marker.isMarker(path) { return noticed(marker: path, marker, origin) }
        if let rule = rules.rule(forFile: path) {
            outcome.ignored += 1
            return report(.ignored(path, rule: rule))
        }
        let isNew = desk.withLock { desk in
            if desk.offered.contains(path) { return false }
            let isHeld = desk.settling.holds(path)
            desk.settling.noticed(path, .found, origin, now: .now)
            return !isHeld
        }
        guard isNew else { return }
        outcome.seen += 1
        let look = looking.look(at: path)
        let (verdict, isFull, due) = desk.withLock { desk in
            (desk.settling.looked(path, look, now: .now), desk.settling.count > settings.settlingMost, desk.settling.nextDue)
        }
        guard verdict == .wait else { return await act(on: path, verdict) }
        report(.settling(path))
        switch following {
        case .no:
            outcome.note(unsettled: path)
            desk.withLock { $0.settling.forget(path) }
        case .ifRoom where isFull:
            desk.withLock { desk in
                desk.settling.forget(path)
                desk.isSomethingLeft = true
            }
        case .waits where isFull:
            if await !room(within: patience) { following = .ifRoom }
        case .waits, .ifRoom:
            if let due { settlerBell.ring(for: due) }
        }
    }

    /// Waits until fewer files settle than may; false when none of them got on for that long.
    private func room(within patience: Duration) async -> Bool {
        let end = Instant.now + patience
        while !Task.isCancelled {
            if desk.withLock({ $0.hasRoom }) { return true }
            guard .now < end else { return false }
            if let due = desk.withLock({ $0.settling.nextDue }) { settlerBell.ring(for: due) }
            await roomBell.wait(until: end)
        }
        return false
    }

    /// Longer than a file needs whose writers cannot be asked about.
    private var patience: Duration { (isPolling ? settings.pollQuiet : settings.quiet) * 3 + .seconds(2) }
}

extension Folder {
    /// On a network file system, whose changes the kernel does not tell of.
    package var isRemote: Bool { RemoteFileSystems.isRemote(linuxType) }
}
