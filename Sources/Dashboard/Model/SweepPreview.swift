// SPDX-License-Identifier: Apache-2.0

/// A folder to go through once, with filters.
package struct SweepRequest: Sendable, Codable, Equatable {
    /// One of `SweepPreview.folders`, or a folder below one.
    package var folder: String
    /// Patterns on the path below the folder; empty: everything.
    package var include: [String] = []
    package var exclude: [String] = []
    package var extensions: [String] = []
    /// Bytes.
    package var minimumSize: UInt64?
    package var maximumSize: UInt64?
    /// `md txt json html chunks`.
    package var formats: [String] = ["md"]

    package init(folder: String) { self.folder = folder }
}

/// What a sweep would do, and why not the rest.
package struct SweepPreview: Sendable, Codable, Equatable {
    /// Folders that may be swept, by the configuration. When there is none, the screen says how to allow one.
    package var folders: [String] = []
    package var request: SweepRequest?
    /// Where its results would go.
    package var outbox: String?
    /// At most 500 files; the counts are of all.
    package var files: [PreviewItem] = []
    package var counts = PreviewCounts()
    /// There are more files than were looked at (100,000).
    package var isCutShort = false
    /// The newest first: those that run, and the last that ended.
    package var sweeps: [SweepRun] = []

    package init() {}
}

package struct PreviewItem: Sendable, Codable, Equatable {
    package enum Action: String, Sendable, Codable, CaseIterable { case convert, skip, leave, wait }

    package var path: String
    package var action: Action
    package var reason: String?
    package var outputs: [String]

    package init(path: String, action: Action, reason: String?, outputs: [String]) {
        self.path = path
        self.action = action
        self.reason = reason
        self.outputs = outputs
    }
}

package struct PreviewCounts: Sendable, Codable, Equatable {
    package var convert = 0
    package var skip = 0
    package var leave = 0
    package var wait = 0

    package init() {}
}

/// A sweep that was started from here.
package struct SweepRun: Sendable, Codable, Equatable {
    package var id: String
    package var folder: String
    package var outbox: String
    package var started: String
    package var isRunning: Bool
    /// How it ended: a sentence for people.
    package var result: String?
    package var done = 0
    package var failed = 0
    package var skipped = 0

    package init(id: String, folder: String, outbox: String, started: String, isRunning: Bool) {
        self.id = id
        self.folder = folder
        self.outbox = outbox
        self.started = started
        self.isRunning = isRunning
    }
}
