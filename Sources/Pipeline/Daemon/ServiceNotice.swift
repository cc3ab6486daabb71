// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Tells systemd that the service is up, or on its way down (sd_notify(3)); without `NOTIFY_SOCKET` it tells nobody.
enum ServiceNotice {
    static let ready = "READY=1"
    static let stopping = "STOPPING=1"

    static func send(_ text: String) {
        guard let name = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }), let first = name.utf8.first else { return }
        var path = Array(name.utf8)
        // A name in the abstract space begins with a zero byte, written as @.
        if first == UInt8(ascii: "@") { path[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.count <= MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // Whoever does not read holds up neither a beat nor the end of the daemon.
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var bytes = Array(text.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = sendto(descriptor, &bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length) }
        }
    }
}
