// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

/// What an empty file means.
package enum EmptyPolicy: String, Sendable { case wait, fail, convert, ignore }

/// How files are found. `auto` polls where the kernel tells of no changes: NFS, SMB, FUSE.
package enum WatchMode: String, Sendable { case auto, inotify, poll }

/// One inbox: which files count, and when one is complete.
package struct ArrivalSettings: Sendable, Equatable {
    package var inbox: FilePath
    package var recursive = true
    /// Globs on the path below the inbox; none: everything.
    package var include: [String] = []
    package var exclude: [String] = []
    /// Lower case, without the dot; none: all.
    package var extensions: [String] = []
    package var minimumSize: UInt64?
    package var maximumSize: UInt64?
    /// How long nothing may happen to a file before it is taken.
    package var quiet = Duration.seconds(1)
    package var pollQuiet = Duration.seconds(5)
    package var stalledAfter = Duration.seconds(86_400)
    package var useLease = true
    /// Only this makes a file ready, when it is set.
    package var marker: MarkerPattern?
    /// How long a marker may stand alone before it is told about.
    package var markerOrphan = Duration.seconds(600)
    package var empty = EmptyPolicy.wait
    package var emptyGrace = Duration.seconds(60)
    package var mode = WatchMode.auto
    package var pollInterval = Duration.seconds(5)
    package var reconcile = Duration.seconds(300)
    /// Files looked after at once; a scan waits, or comes again, for the others.
    package var settlingMost = 16_384
    /// Complete files held for who takes them.
    package var readyMost = 4_096

    package init(inbox: FilePath) { self.inbox = inbox }
}
