// SPDX-License-Identifier: Apache-2.0

/// What `intray explain` says about one file.
package struct ExplainReport: Sendable, Codable {
    package var path: String
    package var route: String?
    /// `outside missing unreadable ignored marker settling ready offered work waiting done failed skipped cancelled retried dismissed`, and of an output
    /// that is not in its place any more `gone`.
    package var state: String
    /// Why; the most telling first.
    package var reasons: [String]
    /// What to do about it; nil when nothing is to be done.
    package var remedy: String?

    package init(path: String, route: String?, state: String, reasons: [String], remedy: String? = nil) {
        self.path = path
        self.route = route
        self.state = state
        self.reasons = reasons
        self.remedy = remedy
    }
}
