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
/// | where a marker is asked for           | the marker is there, and nobody has it open for writing          |
///
/// Where writers cannot be asked about, two equal looks are needed, twice as far apart. Where files are found by polling,
/// two listings must have shown the file as well. Each call costs the logarithm of the number of files held.
package struct Settling: Sendable {
    package enum Sign: Sendable { case renamed, closed, created, found }

    package enum Writer: Sendable { case none, some, unknown }

    /// What a look at the file showed.
    package enum Look: Sendable {
        case gone
        case notRegular
        /// It, or a folder above it, is mounted within the inbox.
        case mounted
        /// `marker` is the one that is there.
        case file(FileIdentity, Writer, isOld: Bool, marker: FilePath? = nil)
    }

    package enum Verdict: Sendable, Equatable {
        case ready(Arrival)
        case wait
        case drop(reason: String)
        /// Its marker is missing: nothing to wait for but that.
        case unmarked
        case emptyExpired(Arrival)
        case stalled
    }

    /// What two looks are compared by.
    struct Trace: Sendable, Equatable {
        var inode: UInt64, size: UInt64, modified: Int64, changed: Int64

        init(_ identity: FileIdentity) {
            (inode, size, modified, changed) = (identity.inode, identity.size, identity.modified, identity.changed)
        }
    }

    struct Entry: Sendable {
        var sign: Sign
        var origin: Origin
        var due: Instant
        /// When the queue has it next; never later than `due`.
        var queued: Instant
        var since: Instant
        var emptySince: Instant?
        var seen: Trace?
        var listings: UInt8 = 0
        var saidStalled = false
        var isWritten = false
    }

    private let settings: ArrivalSettings
    private let quiet: Duration
    private let needsTwoListings: Bool
    private var entries: [FilePath: Entry] = [:]
    private var queue = DueQueue()

    package init(_ settings: ArrivalSettings, isPolling: Bool, needsTwoListings: Bool = false) {
        self.settings = settings
        self.needsTwoListings = needsTwoListings
        quiet = isPolling ? settings.pollQuiet : settings.quiet
    }

    package var count: Int { entries.count }
    package func some(_ most: Int) -> [FilePath] { Array(entries.keys.prefix(most)) }
    package func holds(_ path: FilePath) -> Bool { entries[path] != nil }
    func entry(_ path: FilePath) -> Entry? { entries[path] }

    /// Never later than the first file is due.
    package var nextDue: Instant? { queue.first }

    /// Something happened to the file.
    package mutating func noticed(_ path: FilePath, _ sign: Sign, _ origin: Origin, now: Instant) {
        let held = entries[path]
        // A scan says nothing new about a file that is already looked after, but that it is still there.
        if sign == .found, var held {
            held.listings = min(held.listings, 254) + 1
            entries[path] = held
            return
        }
        var entry = held ?? Entry(sign: sign, origin: origin, due: now, queued: Instant(nanoseconds: .max), since: now)
        if sign == .found { entry.listings = 1 }
        if entry.sign == .found || sign == .renamed || sign == .closed { entry.sign = sign }
        if sign == .created || sign == .closed { entry.seen = nil }
        switch sign {
        case .renamed, .found: entry.due = now
        case .closed, .created: entry.due = now + quiet
        }
        keep(path, &entry)
    }

    package mutating func forget(_ path: FilePath) { entries[path] = nil }

    /// Up to `most` files that are to be looked at now. Each has to be given to `looked`, or it is not due again.
    package mutating func due(_ now: Instant, atMost most: Int = .max) -> [FilePath] {
        var found: [FilePath] = []
        while found.count < most, let (path, queued) = queue.next(until: now) {
            guard var entry = entries[path], entry.queued == queued else { continue }
            entry.queued = Instant(nanoseconds: .max)
            if entry.due <= now {
                entries[path] = entry
                found.append(path)
            } else {
                keep(path, &entry)
            }
        }
        return found
    }

    package mutating func looked(_ path: FilePath, _ look: Look, now: Instant) -> Verdict {
        guard var entry = entries[path] else { return .wait }
        switch look {
        case .gone:
            entries[path] = nil
            return .drop(reason: "vanished")
        case .notRegular:
            entries[path] = nil
            return .drop(reason: "it is not a regular file")
        case .mounted:
            entries[path] = nil
            return .drop(reason: Looking.mounted)
        case .file(let identity, let writer, let isOld, let marker):
            let arrival = Arrival(path: path, identity: identity, origin: entry.origin, marker: marker)
            if settings.marker != nil, marker == nil {
                entries[path] = nil
                return .unmarked
            }
            if identity.size == 0, settings.empty != .convert { return empty(arrival, &entry, now: now) }
            entry.emptySince = nil
            if isReady(entry, identity, writer, isOld: isOld) {
                entries[path] = nil
                return .ready(arrival)
            }
            entry.seen = Trace(identity)
            entry.isWritten = writer == .some
            entry.due = now + (writer == .unknown ? quiet + quiet : max(quiet, Self.shortest))
            let isStalled = !entry.saidStalled && now.since(entry.since) >= settings.stalledAfter
            if isStalled { entry.saidStalled = true }
            keep(path, &entry)
            return isStalled ? .stalled : .wait
        }
    }

    private mutating func keep(_ path: FilePath, _ entry: inout Entry) {
        if entry.due < entry.queued {
            entry.queued = entry.due
            queue.add(path, due: entry.due)
        }
        entries[path] = entry
        // Files that were due earlier than before have left a second place in the queue.
        if queue.count > 2 * entries.count + 1_024 { queue.rebuild(entries.lazy.map { ($0.key, $0.value.queued) }) }
    }

    private func isReady(_ entry: Entry, _ identity: FileIdentity, _ writer: Writer, isOld: Bool) -> Bool {
        if settings.marker != nil { return writer != .some }
        let isEqual = entry.seen == Trace(identity)
        let isListed = !needsTwoListings || entry.sign != .found || entry.listings >= 2
        switch writer {
        case .some: return false
        case .unknown: return isEqual && isListed
        case .none:
            switch entry.sign {
            case .renamed, .closed: return true
            case .created: return isEqual || quiet == .zero
            case .found: return isOld || (isListed && (isEqual || quiet == .zero))
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
                // It may be filled without a sign that reaches us: looked at now and then, each time twice as late.
                entry.due = min(since + settings.emptyGrace, now + max(quiet, now.since(since)))
                keep(arrival.path, &entry)
                return .wait
            }
            entries[arrival.path] = nil
            return .emptyExpired(arrival)
        }
    }

    /// With no quiet window a file that somebody writes to is still not looked at all the time.
    private static let shortest = Duration.milliseconds(20)
}
