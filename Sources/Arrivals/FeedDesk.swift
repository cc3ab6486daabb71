// SPDX-License-Identifier: Apache-2.0
import DequeModule
import FileAccess
import SystemPackage

/// A feed's shared state.
struct FeedDesk: Sendable {
    var settling: Settling
    var orphans = OrphanMarkers()
    var ready: Deque<Arrival> = []
    /// Given to the consumer, or about to be.
    var offered: Set<FilePath> = []
    /// Offered files to which something happened meanwhile.
    var again: Set<FilePath> = []
    var consumer: CheckedContinuation<Arrival?, Never>?
    /// Those who have a file to offer and wait for room.
    var waiters: [CheckedContinuation<Void, Never>] = []
    /// Why a scan is asked for.
    var wantsScan: Origin?
    /// Files were passed over for want of room.
    var isSomethingLeft = false
    var unreadable = UnreadableFolders()
    var isWatched = false
    var isEnded = false
    private(set) var isRootPresent = true

    private let settlingMost: Int
    private let readyMost: Int

    init(_ settings: ArrivalSettings, settling: Settling) {
        self.settling = settling
        (settlingMost, readyMost) = (settings.settlingMost, settings.readyMost)
    }

    /// Whether one more file may settle.
    var hasRoom: Bool { settling.count < settlingMost }

    /// A scan is asked for, or there is room again for what an earlier one had to leave.
    var isScanDue: Bool { wantsScan != nil || (isSomethingLeft && settling.count <= settlingMost / 2) }

    /// What the scan that begins now is for.
    mutating func beginScan(_ regular: Origin) -> Origin {
        defer { (wantsScan, isSomethingLeft) = (nil, false) }
        return wantsScan ?? regular
    }

    /// True when it is news.
    mutating func root(isPresent: Bool) -> Bool {
        defer { isRootPresent = isPresent }
        return isPresent != isRootPresent
    }

    enum Taken { case waits, ended, arrival(Arrival, waiters: [CheckedContinuation<Void, Never>]) }

    mutating func take(_ continuation: CheckedContinuation<Arrival?, Never>) -> Taken {
        guard let arrival = ready.popFirst() else {
            if isEnded { return .ended }
            consumer = continuation
            return .waits
        }
        guard ready.count < readyMost / 2 else { return .arrival(arrival, waiters: []) }
        defer { waiters = [] }
        return .arrival(arrival, waiters: waiters)
    }

    /// The consumer to hand it to, and whether the caller has to wait for room.
    mutating func put(_ arrival: Arrival, _ room: CheckedContinuation<Void, Never>) -> (CheckedContinuation<Arrival?, Never>?, Bool) {
        guard !isEnded, offered.insert(arrival.path).inserted else { return (nil, false) }
        if let marker = arrival.marker { orphans.remove(marker) }
        if let waiting = consumer {
            consumer = nil
            return (waiting, false)
        }
        ready.append(arrival)
        guard ready.count >= readyMost else { return (nil, false) }
        waiters.append(room)
        return (nil, true)
    }
}
