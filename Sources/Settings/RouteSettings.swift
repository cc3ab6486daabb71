// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
package import SystemPackage

/// One inbox and what becomes of its files. The values here are the shipped ones.
package struct RouteSettings: Sendable, Equatable {
    package enum Empty: String, Sendable, CaseIterable { case wait, fail, convert, ignore }
    package enum Mode: String, Sendable, CaseIterable { case auto, inotify, poll }
    package enum Claim: String, Sendable, CaseIterable { case move, leave }
    package enum Disposal: String, Sendable, CaseIterable { case archive, delete, leave }
    package enum OnExists: String, Sendable, CaseIterable { case version, skip, fail, replace }
    package enum Duplicates: String, Sendable, CaseIterable { case convert, skip, link }
    package enum Durability: String, Sendable, CaseIterable { case group, job, none }

    package var name = "main"
    package var inbox: FilePath
    package var outbox: FilePath
    package var archive: FilePath
    package var quarantine: FilePath

    // Which files.
    package var recursive = true
    package var include: [String] = []
    package var exclude: [String] = []
    package var extensions: [String] = []
    package var minimumSize: UInt64?
    package var maximumSize: UInt64?

    // When a file is complete.
    package var quiet = Duration.seconds(1)
    package var pollQuiet = Duration.seconds(5)
    package var stalledAfter = Duration.seconds(86_400)
    package var lease = true
    package var empty = Empty.wait
    package var emptyGrace = Duration.seconds(60)
    /// The name of a file that says that another is complete: `{name}.done`, `{stem}.ready`; nil: none is needed.
    package var marker: String?

    // How it is found.
    package var mode = Mode.auto
    package var pollInterval = Duration.seconds(5)
    package var reconcile = Duration.seconds(300)

    // What is done with it.
    package var claim = Claim.move
    package var disposal = Disposal.archive
    package var onExists = OnExists.version
    /// What becomes of a file whose content has been converted before.
    package var duplicates = Duplicates.convert
    package var retry = Retry()
    package var durability = Durability.group
    package var priority = Priority.normal
    package var priorityRules: [PriorityRule] = []
    /// Below this much free space in the outbox the route pauses.
    package var minimumFree: UInt64 = 64 << 20
    package var options = RenderOptions()
    package var limits = ConversionLimits()
    package var passwords = Passwords()

    /// How often and when a file is tried again after an error that may pass.
    package struct Retry: Sendable, Equatable {
        /// Tries of one file, the first included.
        package var attempts = 5
        /// Before the second try; each later wait is `factor` times as long, up to `longest`.
        package var first = Duration.seconds(5)
        package var factor = 3.0
        package var longest = Duration.seconds(600)

        package init() {}
    }

    /// Where passwords for encrypted documents come from.
    package struct Passwords: Sendable, Equatable {
        package var list = DocumentPasswords()
        /// One password a line.
        package var file: FilePath?
        /// A program that is asked about a document that nothing else opens: the program's path, then its arguments.
        package var command: [String] = []
        package var timeout = Duration.seconds(10)

        package init() {}
    }

    package struct PriorityRule: Sendable, Equatable {
        /// A glob on the path below the inbox.
        package var pattern: String
        package var priority: Priority

        package init(pattern: String, priority: Priority) {
            self.pattern = pattern
            self.priority = priority
        }
    }

    /// The usual folders below one root.
    package init(root: FilePath) {
        inbox = root.appending("inbox")
        outbox = root.appending("outbox")
        archive = root.appending("archive")
        quarantine = root.appending("quarantine")
    }
}
