// SPDX-License-Identifier: Apache-2.0
import FileAccess
package import SystemPackage

/// What the control socket understands. Raw values are the command names of the shell.
package enum ControlCommand: String, Sendable, Codable, CaseIterable {
    case status, jobs, job, events, pause, resume, cancel, retry, dismiss, rescan, explain, reload, stop, workers, hookRetry = "hook retry"
}

/// One request: a line of JSON.
package struct ControlRequest: Sendable, Codable {
    package var command: ControlCommand
    /// One route by name; all of them when absent.
    package var route: String?
    /// One job by name.
    package var job: String?
    /// One hook by name; all of them when absent.
    package var hook: String?
    /// A path's bytes, base 64 in JSON: names need not be UTF-8.
    package var path: [UInt8]?
    /// Everything the command could mean: `retry --all`, `cancel --all`.
    package var all: Bool?
    /// Job states or failure codes, to list or to retry.
    package var state: String?
    package var code: String?
    package var name: String?
    package var limit: Int?
    /// Rows after this job (older ones), for paging.
    package var before: String?
    /// `events`: keep the line open and send what happens.
    package var follow: Bool?
    package var number: Int?

    package init(_ command: ControlCommand) { self.command = command }

    package var filePath: FilePath? {
        get { path.map { FilePath(bytes: $0) } }
        set { path = newValue?.bytes }
    }
}

/// The first line of an answer: fine, or why not.
package struct ControlAnswer: Sendable, Codable, Error, CustomStringConvertible {
    package var ok: Bool
    package var error: String?
    /// Lines of JSON that follow; nil while the line stays open.
    package var lines: Int?

    package init(lines: Int?) {
        ok = true
        self.lines = lines
    }

    package init(error: String) {
        ok = false
        self.error = error
        lines = 0
    }

    package var description: String { error ?? "done" }
}
