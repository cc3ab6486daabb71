// SPDX-License-Identifier: Apache-2.0
import Glibc
import Settings

/// Whether the page can be served where it is to be, found out before anything is made.
enum ListenProbe {
    /// Binds the address for a moment. A socket in the file system is left to the server.
    /// - Throws: `ProgramError` when somebody has it, or it is none of this machine's.
    static func refuseTaken(_ address: ListenAddress) throws {
        guard case .tcp(let host, let port) = address, port > 0 else { return }
        var wish = addrinfo()
        wish.ai_socktype = Int32(SOCK_STREAM.rawValue)
        wish.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        // A name that cannot be looked up now is the server's to complain of.
        guard getaddrinfo(host, "\(port)", &wish, &found) == 0, let first = found else { return }
        defer { freeaddrinfo(first) }
        let probe = socket(first.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return }
        defer { close(probe) }
        // As the server does: an address whose last connections are still ending is free.
        var isReused: Int32 = 1
        setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        guard bind(probe, first.pointee.ai_addr, first.pointee.ai_addrlen) != 0 else { return }
        throw ProgramError(.refused, "cannot listen on \"\(address)\": \(String(cString: strerror(errno)).lowercased()); choose another address for the dashboard")
    }
}
