// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization

/// Where the page is served and what protects it.
package struct DashboardSettings: Sendable {
    package enum Address: Sendable, Equatable {
        case tcp(host: String, port: Int)
        case unix(path: String)

        /// Whether nobody but programs of this machine can call.
        package var isLocal: Bool {
            switch self {
            case .unix: true
            case .tcp(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.split(separator: ".").count == 4
            }
        }
    }

    package var address: Address
    /// Needed for every change, and for reading from anywhere but this machine.
    package var token: String
    /// Names by which the page may be called, beside addresses and `localhost`.
    package var hosts: [String] = []
    /// Of one file, in bytes.
    package var uploadBytes: UInt64 = 512 << 20
    package var version = ""

    package init(address: Address, token: String) {
        self.address = address
        self.token = token
    }
}

extension DashboardSettings.Address: CustomStringConvertible {
    /// As in a URL, or the socket's path.
    package var description: String {
        switch self {
        case .unix(let path): path
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}
