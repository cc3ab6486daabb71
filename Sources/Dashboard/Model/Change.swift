// SPDX-License-Identifier: Apache-2.0

/// What an operator may change, other than by putting files into an inbox.
package enum Change: Sendable, Equatable {
    /// No route: everything.
    case pause(route: String?)
    case resume(route: String?)
    case rescan(route: String?)
    case cancel(jobs: [String])
    case cancelAll(route: String?)
    case retry(jobs: [String])
    /// Every failed job of that code and route.
    case retryAll(code: String?, route: String?)
    /// Is done with failures; their files stay where they are.
    case dismiss(jobs: [String])
    /// Every failed job of that code and route.
    case dismissAll(code: String?, route: String?)
    case prioritize(jobs: [String], JobPriority)
    /// What the hook gave up, of one job or of all.
    case deliverAgain(hook: String, job: String?)
}

/// How a change went; of several jobs some may have refused.
package struct ChangeOutcome: Sendable, Codable, Equatable {
    /// Jobs, routes or deliveries that were changed.
    package var changed: Int
    /// A sentence for people.
    package var message: String
    package var refusals: [JobRefusal] = []

    package init(changed: Int, message: String, refusals: [JobRefusal] = []) {
        self.changed = changed
        self.message = message
        self.refusals = refusals
    }
}

package struct JobRefusal: Sendable, Codable, Equatable {
    package var job: String
    package var reason: String

    package init(job: String, reason: String) {
        self.job = job
        self.reason = reason
    }
}

/// A file that lies complete in its inbox.
package struct UploadOutcome: Sendable, Codable, Equatable {
    package var route: String
    /// Below the inbox; not the name that was asked for if that was taken.
    package var path: String
    package var bytes: UInt64

    package init(route: String, path: String, bytes: UInt64) {
        self.route = route
        self.path = path
        self.bytes = bytes
    }
}

/// Why something is not done, as `{"error": {...}}` in the API and as a screen of its own.
package struct Refusal: Error, Sendable, Codable, Equatable, CustomStringConvertible {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// There is no such thing: 404.
        case missing
        /// The request makes no sense: 400.
        case invalid
        /// It cannot be done as things are now: 409.
        case conflict
        /// It is larger than is allowed: 413.
        case tooLarge = "too-large"
        /// A token is needed, or another one: 401.
        case unauthorized
        /// Not from there, or not allowed by the configuration: 403.
        case forbidden
        /// The method does not exist here: 405.
        case method
        /// The body is of no kind that is taken here: 415.
        case mediaType = "media-type"
        /// The environment does not let it: 503.
        case unavailable
    }

    package var kind: Kind
    /// *cannot VERB "THING": reason; what to do*.
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
