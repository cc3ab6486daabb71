// SPDX-License-Identifier: Apache-2.0

/// Passwords in the forms that formats hash them in.
package enum Passwords {
    /// UTF-16, little-endian, as Microsoft's formats have them; at most 255 units ([MS-OFFCRYPTO] 2.3.4.11).
    package static func wide(_ password: String) -> [UInt8] {
        password.utf16.prefix(255).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    /// What Excel and PowerPoint encrypt with where a file is merely protected against changes: it opens without being asked for.
    package static let builtIn = ["VelvetSweatshop", "/01Hannes Ruescher/01"]

    /// Why a document is not read whose kind of encryption no password opens here, and what else can be done.
    package static func unreadable(_ what: String, instead: String = "remove the password in its own program") -> String {
        "\(what) is encrypted in a way that is not read, whatever the password; \(instead)"
    }

    /// Why a document that is encrypted is not read.
    package static func reason(_ what: String, _ passwords: [String]) -> String {
        switch passwords.count {
        case 0: "\(what) is protected by a password"
        case 1: "\(what) is protected by a password, and the one given does not open it"
        default: "\(what) is protected by a password, and none of the \(passwords.count) given opens it"
        }
    }
}
