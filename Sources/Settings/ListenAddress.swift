// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

/// Where a server listens: `127.0.0.1:8088`, `[::1]:8088`, `localhost:8088`, or the path of a Unix socket.
package enum ListenAddress: Sendable, Equatable, CustomStringConvertible {
    case tcp(host: String, port: Int)
    case unix(FilePath)

    /// nil when it is neither; a path has a `/`.
    package init?(_ text: String, base: FilePath) {
        if text.contains("/") {
            guard !text.utf8.contains(0) else { return nil }
            let path = FilePath(text)
            self = .unix(path.isAbsolute ? path : base.appending(path.components).lexicallyNormalized())
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() } else if host.contains(":") { return nil }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        self = .tcp(host: host.lowercased(), port: Int(port))
    }

    /// As it is set, and in a URL.
    package var description: String {
        switch self {
        case .unix(let path): path.string
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    /// Whether only programs of this machine reach it.
    package var isLocal: Bool {
        switch self {
        case .unix: true
        case .tcp(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.split(separator: ".").count == 4
        }
    }
}
