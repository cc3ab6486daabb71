// SPDX-License-Identifier: Apache-2.0
import FileAccess
package import Settings
import Synchronization

/// Where the page is served and what protects it.
package struct DashboardSettings: Sendable {
    package var address: ListenAddress
    /// Needed for every change, and for reading from anywhere but this machine.
    package var token: String
    /// Names by which the page may be called, beside addresses and `localhost`.
    package var hosts: [String] = []
    /// Of one file, in bytes.
    package var uploadBytes: UInt64 = 512 << 20
    package var version = ""

    package init(address: ListenAddress, token: String) {
        self.address = address
        self.token = token
    }
}
