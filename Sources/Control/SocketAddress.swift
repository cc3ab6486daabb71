// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage

enum SocketAddress {
    /// A Unix socket's address. A path longer than the kernel's 107 bytes is reached through its open folder.
    static func with<Result>(_ path: FilePath, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Result) throws -> Result {
        var bytes = path.bytes
        var folder: Descriptor?
        if bytes.count > most {
            let parent = path.removingLastComponent()
            let opened = try Descriptor.open(parent, O_RDONLY | O_DIRECTORY)
            folder = opened
            bytes = Array("/proc/self/fd/\(opened.raw)/".utf8) + FilePath(root: nil, path.lastComponent.map { [$0] } ?? []).bytes
        }
        defer { withExtendedLifetime(folder) {} }
        guard bytes.count <= most else { throw SystemError("use", path, errno: ENAMETOOLONG) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return try withUnsafePointer(to: &address) {
            try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { try body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }

    private static let most = 107
}
