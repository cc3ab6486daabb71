// SPDX-License-Identifier: Apache-2.0
package import FileAccess
package import SystemPackage

/// Decides when a file is complete. No clock but the one passed in, no file system: the caller looks and reports.
///
/// | seen                                  | ready when                                                       |
/// |---------------------------------------|------------------------------------------------------------------|
/// | renamed in                            | at once, if nobody has it open for writing                       |
/// | closed after writing                  | nothing happened for `quiet`, and nobody has it open for writing |
/// | created, or found by a scan           | two equal looks `quiet` apart, and nobody has it open            |
/// | found, unchanged for a minute         | at once, if nobody has it open for writing                       |
///
/// Where writers cannot be asked about, two equal looks are needed, twice as far apart.
package struct Settling: Sendable {
    package enum Sign: Sendable { case renamed, closed, created, found }

    package enum Writer: Sendable { case none, some, unknown }

    /// What a look at the file showed.
    package enum Look: Sendable {
        case gone
        case notRegular
        case file(FileIdentity, Writer, isOld: Bool)
    }

    package enum Verdict: Sendable, Equatable {
        case ready(Arrival)
        case wait
        case drop(reason: String)
        case emptyExpired(Arrival)
        case stalled
    }

    private struct Entry: Sendable {
        var sign: Sign
        var origin: Origin
        var due: Instant
        var since: Instant
        var seen: FileIdentity?
        var emptySince: Instant?
        var saidStalled = false
    }

    private let settings: ArrivalSettings
    private let quiet: Duration
    private var entries: [FilePath: Entry] = [:]

    package init(_ settings: ArrivalSettings, isPolling: Bool) {
        self.settings = settings
        quiet = isPolling ? settings.pollQuiet : settings.quiet
    }

    package var count: Int { entries.count }
    package var paths: [FilePath] { Array(entries.keys) }
    package var nextDue: Instant? { entries.values.map(\.due).min() }
    package func holds(_ path: FilePath) -> Bool { entries[path] != nil }

    /// Something happened to the file.
    package mutating func noticed(_ path: FilePath, _ sign: Sign, _ origin: Origin, now: Instant) {
        var entry = entries[path] ?? Entry(sign: sign, origin: origin, due: now, since: now)
        // A scan says nothing new about a file that is already looked after.
        if sign == .found, entries[path] != nil { return }
        if entry.sign == .found || sign == .renamed || sign == .closed { entry.sign = sign }
        entry.due = switch sign {
        case .renamed, .found: now
        case .closed: now + quiet
        case .created: now + quiet
        }
        if sign == .created || sign == .closed { entry.seen = nil }
        entries[path] = entry
    }

    package mutating func forget(_ path: FilePath) { entries[path] = nil }

    /// Files that are to be looked at now.
    package func due(_ now: Instant) -> [FilePath] { entries.filter { $0.value.due <= now }.map(\.key) }

    package mutating func looked(_ path: FilePath, _ look: Look, now: Instant) -> Verdict {
        guard var entry = entries[path] else { return .wait }
        switch look {
        case .gone:
            entries[path] = nil
            return .drop(reason: "vanished")
        case .notRegular:
            entries[path] = nil
            return .drop(reason: "it is not a regular file")
        case .file(let identity, let writer, let isOld):
            let arrival = Arrival(path: path, identity: identity, origin: entry.origin)
            if identity.size == 0, settings.empty != .convert { return empty(arrival, &entry, now: now) }
            entry.emptySince = nil
            if isReady(entry, identity, writer, isOld: isOld) {
                entries[path] = nil
                return .ready(arrival)
            }
            entry.seen = identity
            entry.due = now + (writer == .unknown ? quiet + quiet : quiet)
            let isStalled = !entry.saidStalled && now.since(entry.since) >= settings.stalledAfter
            if isStalled { entry.saidStalled = true }
            entries[path] = entry
            return isStalled ? .stalled : .wait
        }
    }

    private func isReady(_ entry: Entry, _ identity: FileIdentity, _ writer: Writer, isOld: Bool) -> Bool {
        let isEqual = entry.seen.map { $0.sameContent(as: identity) && $0.changed == identity.changed } ?? false
        switch writer {
        case .some: return false
        case .unknown: return isEqual
        case .none:
            switch entry.sign {
            case .renamed, .closed: return true
            case .created: return isEqual || quiet == .zero
            case .found: return isEqual || isOld || quiet == .zero
            }
        }
    }

    private mutating func empty(_ arrival: Arrival, _ entry: inout Entry, now: Instant) -> Verdict {
        let since = entry.emptySince ?? now
        entry.emptySince = since
        switch settings.empty {
        case .ignore:
            entries[arrival.path] = nil
            return .drop(reason: "empty files are ignored")
        case .fail, .convert:
            entries[arrival.path] = nil
            return .emptyExpired(arrival)
        case .wait:
            guard now.since(since) >= settings.emptyGrace else {
                entry.due = since + settings.emptyGrace
                entries[arrival.path] = entry
                return .wait
            }
            entries[arrival.path] = nil
            return .emptyExpired(arrival)
        }
    }
}
