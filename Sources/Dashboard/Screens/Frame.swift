// SPDX-License-Identifier: Apache-2.0

/// What every screen is told beside its values.
package struct Frame: Sendable, Equatable {
    /// Goes into `<meta name="intray-csrf">`; each change sends it back as `X-Intray-CSRF`. nil: the visitor may only read,
    /// and the screen says how to change that (open the address with the token that the daemon said at its start, or give
    /// the token to `POST /session`, form field `token`).
    package var csrf: String?
    /// The path and query of this request, for links that keep filters.
    package var path: String
    package var version: String

    package init(csrf: String?, path: String, version: String) {
        self.csrf = csrf
        self.path = path
        self.version = version
    }

    package var mayChange: Bool { csrf != nil }
}
