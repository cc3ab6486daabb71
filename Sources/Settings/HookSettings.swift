// SPDX-License-Identifier: Apache-2.0
package import Announcements
package import SystemPackage

/// Who is told of events: a program (argv, never a shell; one event on its standard input), or a web address (one event as a request's body).
package struct HookSettings: Sendable, Equatable {
    /// `route`: one delivery at a time for each route, in the order of the events.
    package enum Order: String, Sendable, CaseIterable { case none, route }
    package enum Input: String, Sendable, CaseIterable { case json, none }
    package enum Kind: String, Sendable, CaseIterable { case exec, http }

    package var name: String
    package var kind = Kind.exec
    /// `exec`: the program by its absolute path, then its arguments.
    package var command: [String]
    /// `http`: where each event is posted.
    package var url = ""
    /// `http`: a file with the secret that signs each request; nil: none is signed.
    package var secretFile: FilePath?
    /// `http`: a file with the token of `Authorization: Bearer`.
    package var bearerFile: FilePath?
    /// `http`: certificates to trust instead of the system's.
    package var certificatesFile: FilePath?
    /// `http`: further header fields.
    package var headers: [String: String] = [:]
    package var events: [EventType] = [.jobDone, .jobFailed]
    /// None: all routes.
    package var routes: [String] = []
    /// Asked before a claimed file is converted; its answer decides whether it is.
    package var isGate = false
    /// The route pauses when more deliveries wait than `queue`.
    package var isRequired = false
    package var timeout = Duration.seconds(60)
    /// Between asking the process group to end and killing it.
    package var killGrace = Duration.seconds(5)
    /// Runs at the same time.
    package var concurrency = 2
    package var queue = 1_000
    package var order = Order.none
    /// Runs of one delivery that may fail, the first included.
    package var attempts = 3
    package var backoff = Duration.seconds(5)
    /// How long one that says "not now" is asked again: the pauses, all together.
    package var deferFor = Duration.seconds(3 * 86_400)
    /// Added to the environment, which is otherwise `INTRAY_*` and a fixed `PATH`.
    package var environment: [String: String] = [:]
    package var input = Input.json

    package init(name: String, command: [String]) {
        self.name = name
        self.command = command
    }
}
