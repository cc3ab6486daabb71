// SPDX-License-Identifier: Apache-2.0
import Dashboard
import DashboardModel
import Glibc
import ServiceLifecycle
import Settings
import Synchronization

/// A server that runs for one test, on a port of its own, and raw requests to it.
struct RunningServer: Sendable {
    let port: Int
    let token = "test-token-of-32-letters-or-more"

    static func with(_ daemon: FakeDaemon, upload: UInt64 = 1 << 20, _ body: @escaping @Sendable (RunningServer) async throws -> Void) async throws {
        let (ports, feed) = AsyncStream.makeStream(of: Int.self)
        var settings = DashboardSettings(address: .tcp(host: "127.0.0.1", port: 0), token: "test-token-of-32-letters-or-more")
        settings.uploadBytes = upload
        let server = DashboardServer(daemon, settings) { address in
            if case .tcp(_, let port) = address { feed.yield(port) }
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.run() }
            for await port in ports {
                try await body(RunningServer(port: port))
                break
            }
            tasks.cancelAll()
        }
    }

    /// Sends bytes as they are and reads until the other side closes, or has been silent for five seconds.
    func raw(_ request: [UInt8], beginningOnly: Bool = false) async -> String {
        await withCheckedContinuation { done in
            let port = port
            var thread = pthread_t()
            let box = Unmanaged.passRetained(Box { done.resume(returning: Self.exchange(port, request, beginningOnly)) })
            pthread_create(&thread, nil, { argument in
                Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
                return nil
            }, box.toOpaque())
            pthread_detach(thread)
        }
    }

    func send(_ method: String, _ target: String, _ fields: [String: String] = [:], body: String = "") async -> (status: Int, head: String, body: String) {
        var fields = ["Host": "127.0.0.1:\(port)", "Connection": "close"].merging(fields) { $1 }
        if !body.isEmpty || method == "POST" { fields["Content-Length"] = fields["Content-Length"] ?? "\(body.utf8.count)" }
        let head = "\(method) \(target) HTTP/1.1\r\n" + fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
        let answer = await raw(Array((head + body).utf8))
        guard let end = answer.firstRange(of: "\r\n\r\n") else { return (0, answer, "") }
        let status = Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0
        return (status, String(answer[..<end.lowerBound]), String(answer[end.upperBound...]))
    }

    /// The first bytes of an answer; then the connection is closed from here.
    func beginning(of target: String) async -> String {
        await raw(Array("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n".utf8), beginningOnly: true)
    }

    var authorized: [String: String] { ["Authorization": "Bearer \(token)"] }

    private final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func exchange(_ port: Int, _ request: [UInt8], _ beginningOnly: Bool) -> String {
        let raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(raw) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) } }
        guard connected == 0 else { return "no connection" }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var done = 0
        while done < request.count {
            let sent = request.withUnsafeBytes { Glibc.send(raw, $0.baseAddress! + done, request.count - done, Int32(MSG_NOSIGNAL)) }
            if sent <= 0 { break }
            done += sent
        }
        var answer: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 64 << 10)
        while case let got = recv(raw, &room, room.count, 0), got > 0 {
            answer += room.prefix(got)
            if beginningOnly { break }
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
