// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Spooling
import Synchronization
import SystemPackage

/// One file on its way: what the queue carries. Its claim comes into being with the first attempt.
final class FileWork: Sendable {
    struct State: Sendable {
        var claim: Claim?
        /// Whether the claimed file was seen to be the one that arrived, written by nobody.
        var isComplete = false
        /// Whether the group commit may wait for it.
        var isBegun = false
        /// Whether the gates have let it through.
        var hasPassed = false
        /// Whether a publication was begun that may have to be gone on with.
        var isPlanned = false
        var stage: Stage?
        var input: OpenedInput?
        var sha256: String?
        /// The content for which other jobs wait while this one converts it.
        var content: String?
        /// The job that had converted the same content.
        var duplicateOf: String?
        /// What of the environment it was said to wait for: said once, however often it is tried.
        var waitsFor: FailureCode?
        var errors: [QuarantineReport.Attempt] = []
        var begun = Instant.now
    }

    let route: Route
    let path: FilePath
    let arrival: Arrival?
    let state: Mutex<State>

    init(_ arrival: Arrival, on route: Route) {
        self.route = route
        self.arrival = arrival
        path = arrival.path
        state = Mutex(State())
    }

    /// Its attempt is on its way to the group commit, once; until `end`.
    func begin() {
        let isNews = state.withLock { state in
            defer { state.isBegun = true }
            return !state.isBegun
        }
        if isNews { route.group.begun() }
    }

    /// Its attempt has ended, however.
    func end() {
        let wasBegun = state.withLock { state in
            defer { state.isBegun = false }
            return state.isBegun
        }
        if wasBegun { route.group.ended() }
    }

    /// A file that an earlier run had claimed.
    init(_ claim: Claim, on route: Route) {
        self.route = route
        arrival = nil
        path = claim.path
        state = Mutex(State(claim: claim))
    }
}

/// How a file's work ended well.
enum FileOutcome: Sendable {
    case delivered(Delivery)
    /// Nothing was converted: an output is there already, or the content is known.
    case skipped(Claim, reason: String)
    /// A gate gave it to another route.
    case routed(Claim, to: Route)
    /// Its route has lost its inbox or its outbox to another: it is taken anew from where it lies.
    case released(Claim, reason: String)
    /// It was not ours to take after all: gone, or still being written. Nothing to tell.
    case notTaken(stillThere: Bool)
}
