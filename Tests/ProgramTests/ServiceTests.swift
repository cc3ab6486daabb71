// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray as a service", .timeLimit(.minutes(10)))
struct ServiceTests {
    @Test("says that it is ready on the notification socket, and a second one on the same state is refused")
    func ready() async throws {
        let folder = try TemporaryFolder()
        let socketPath = folder.path.appending("notify")
        let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.bytes) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        #expect(bound == 0)
        let log = try Descriptor.open(folder.path.appending("log"), O_WRONLY | O_CREAT, mode: 0o644)
        let intray = try Program("intray")
        let root = folder.path.appending("root").string
        let process = try Program.start(
            intray.path, ["watch", root], ["NOTIFY_SOCKET": socketPath.string, "WATCHDOG_USEC": "200000"], output: log.raw)
        let text = try await blocking {
            var room = [UInt8](repeating: 0, count: 64)
            let n = recv(listener, &room, room.count, 0)
            return String(decoding: room.prefix(max(0, n)), as: UTF8.self)
        }
        #expect(text == "READY=1" || text == "WATCHDOG=1")
        var beats = 0
        for _ in 0..<3 {
            let next = try await blocking {
                var room = [UInt8](repeating: 0, count: 64)
                let n = recv(listener, &room, room.count, 0)
                return String(decoding: room.prefix(max(0, n)), as: UTF8.self)
            }
            if next == "WATCHDOG=1" { beats += 1 }
        }
        #expect(beats >= 2)
        #expect(try await intray.run(["watch", root]).exitCode == 4)
        // Nobody reads any more: a full queue holds up no end.
        var filler = address
        let sender = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        defer { close(sender) }
        _ = withUnsafePointer(to: &filler) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { to in
                (0..<1_000).first { _ in sendto(sender, "x", 1, 0, to, socklen_t(MemoryLayout<sockaddr_un>.size)) < 0 }
            }
        }
        kill(process, SIGTERM)
        let status = try await blocking {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 && errno == EINTR {}
            return status
        }
        #expect(status == 0)
    }
}
