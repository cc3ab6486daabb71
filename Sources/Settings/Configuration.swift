// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
package import SystemPackage

/// Everything that can be set. The values here are the shipped ones; a file changes them.
package struct Configuration: Sendable, Equatable {
    package enum Isolation: String, Sendable, CaseIterable { case document, batch }
    package enum Sandbox: String, Sendable, CaseIterable { case require, off }

    package struct Workers: Sendable, Equatable {
        /// 0: one per core.
        package var count = 0
        /// Above `count`, for routes that have nothing at work while others hold every worker.
        package var spare = 1
        package var isolation = Isolation.document
        /// Documents per process with `isolation: batch`.
        package var batchDocuments = 100
        /// Documents after which a nursery is started anew.
        package var restartAfter = 500
        /// Whom workers become when the daemon is root's, which does not start without it.
        package var user: String?

        package init() {}
    }

    /// The operator's page and the API.
    package struct Dashboard: Sendable, Equatable {
        /// nil: there is none.
        package var listen: ListenAddress?
        /// Whether `listen` may be reached from other machines.
        package var isRemote = false
        /// nil: `dashboard.token` in the state folder, made when it is missing.
        package var tokenFile: FilePath?
        /// Names by which the page is called, beside addresses and `localhost`.
        package var hosts: [String] = []
        /// Of one file.
        package var uploadBytes: UInt64 = 512 << 20
        /// Folders that may be swept from the page, with all below them.
        package var sweepFolders: [FilePath] = []

        package init() {}
    }

    /// A name of this daemon's own among several on one inbox; empty: made at the first start and kept with the state.
    package var instance = ""
    package var state: FilePath
    /// nil: `control.sock` in the state folder.
    package var controlSocket: FilePath?
    package var eventLogBytes: UInt64 = 64 << 20
    package var eventLogKeep = 8
    package var workers = Workers()
    /// Whether documents are refused when workers cannot be locked in.
    package var sandbox = Sandbox.require
    package var dashboard = Dashboard()
    package var routes: [RouteSettings]
    package var hooks: [HookSettings] = []

    package var controlSocketPath: FilePath { controlSocket ?? state.appending("control.sock") }

    /// Folders in which documents of strangers come and go.
    package var documentFolders: [(name: String, path: FilePath)] {
        routes.flatMap { [("inbox", $0.inbox), ("outbox", $0.outbox), ("archive", $0.archive), ("quarantine", $0.quarantine)] }
    }

    package init(state: FilePath, routes: [RouteSettings]) {
        self.state = state
        self.routes = routes
    }

    /// What `intray watch ROOT` uses: one route with the usual folders, the state beside them.
    package static func standard(root: FilePath) -> Configuration {
        Configuration(state: root.appending("state"), routes: [RouteSettings(root: root)])
    }
}
