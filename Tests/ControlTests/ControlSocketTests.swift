// SPDX-License-Identifier: Apache-2.0
import Control
import FileAccess
import FoundationEssentials
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("Control socket")
struct ControlSocketTests {
    @Test("a request is answered, value by value")
    func answers() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("control.sock")
        let socket = try ControlSocket(at: path)
        defer { socket.close() }
        async let served: Void = serve(socket, requests: 1) { connection in
            var job = JobReport(job: "J", route: try connection.request().route ?? "?", path: "a", state: "done", attempts: 1, size: 2, updated: "")
            job.outputs = ["a.md"]
            try connection.answer([job, job])
        }
        var request = ControlRequest(.jobs)
        request.route = "scans"
        let rows = try await blocking { [request] in try ControlClient(at: path).values(request, as: JobReport.self) }
        try await served
        #expect(rows.map(\.route) == ["scans", "scans"])
        #expect(rows.first?.outputs == ["a.md"])
    }

    @Test("a path keeps its bytes over the socket")
    func pathBytes() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("control.sock")
        let socket = try ControlSocket(at: path)
        defer { socket.close() }
        let odd = FilePath(bytes: [0x61, 0xFF, 0x0A, 0x62])
        async let served: Void = serve(socket, requests: 1) { connection in
            let asked = try connection.request().filePath
            #expect(asked == odd)
            connection.refuse("seen")
        }
        var request = ControlRequest(.explain)
        request.filePath = odd
        await #expect(throws: ControlAnswer.self) {
            try await blocking { [request] in _ = try ControlClient(at: path).ask(request) }
        }
        try await served
    }

    @Test("the socket is for its owner only, and takes the place of one left behind")
    func modeAndLeftover() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("control.sock")
        let first = try ControlSocket(at: path)
        let second = try ControlSocket(at: path)
        defer { withExtendedLifetime(first) { second.close() } }
        #expect(try FileIdentity.of(path).mode & 0o777 == 0o600)
    }

    @Test("a caller that says nothing holds up nobody")
    func silentCaller() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("control.sock")
        let socket = try ControlSocket(at: path)
        defer { socket.close() }
        let silent = try ControlClient(at: path)
        async let served: Void = serve(socket, requests: 1) { try $0.answer(["here"]) }
        let answer = try await blocking { try ControlClient(at: path).values(ControlRequest(.status), as: String.self) }
        #expect(answer == ["here"])
        try await served
        withExtendedLifetime(silent) {}
    }

    @Test("garbage is refused with the list of commands")
    func garbage() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("a-folder-with-a-name-so-long-that-the-path-of-the-socket-does-not-fit-into-an-address-of-107-bytes").appending("control.sock")
        try path.removingLastComponent().makeFolders()
        let socket = try ControlSocket(at: path)
        defer { socket.close() }
        async let served: Void = serve(socket, requests: 1) { connection in
            #expect(throws: ControlAnswer.self) { try connection.request() }
            connection.refuse("no")
        }
        await #expect(throws: ControlAnswer.self) { try await blocking { try ControlClient(at: path).send("{]\n") } }
        try await served
    }

    private func serve(
        _ socket: ControlSocket, requests: Int, _ body: @Sendable (ControlConnection) async throws -> Void
    ) async throws {
        var left = requests
        for await connection in socket.requests {
            try await body(connection)
            left -= 1
            if left == 0 { return }
        }
    }
}
