// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

/// How we came to know of a file.
package enum Origin: String, Sendable, Codable {
    case event, scan, startup, reconcile, overflow, poll, retry, command
}

/// A file that is complete as far as can be proved, ready to be claimed.
package struct Arrival: Hashable, Sendable {
    /// Relative to the inbox.
    package var path: FilePath
    package var identity: FileIdentity
    package var origin: Origin
    /// The marker file that announced it, relative to the inbox; claimed together with it.
    package var marker: FilePath?

    package init(path: FilePath, identity: FileIdentity, origin: Origin, marker: FilePath? = nil) {
        self.path = path
        self.identity = identity
        self.origin = origin
        self.marker = marker
    }
}
