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
            try await connection.answer([job, job])
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
            await connection.refuse("seen")
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
        async let served: Void = serve(socket, requests: 1) { try await $0.answer(["here"]) }
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
            await connection.refuse("no")
        }
        await #expect(throws: ControlAnswer.self) { try await blocking { try ControlClient(at: path).send("{]\n") } }
        try await served
    }

    @Test("a caller that takes nothing keeps no other from its answer, and is given up")
    func callerThatTakesNothing() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("control.sock")
        let socket = try ControlSocket(at: path)
        defer { socket.close() }
        // More of them than there are threads for tasks.
        let idle = try (0..<64).map { _ in try ControlClient(at: path) }
        for client in idle { try client.say("{\"command\":\"events\"}\n") }
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        try await withThrowingTaskGroup(of: String.self) { tasks in
            var number = 0
            for await connection in socket.requests {
                number += 1
                if number > idle.count {
                    try await connection.answer(["here"])
                    break
                }
                tasks.addTask {
                    do {
                        while true { try await connection.send(bytes: line) }
                    } catch is ControlAnswer { return "given up" }
                }
                if number == idle.count {
                    tasks.addTask { try await blocking { try ControlClient(at: path).values(ControlRequest(.status), as: String.self) }.joined() }
                }
            }
            var ends: [String] = []
            for try await end in tasks { ends.append(end) }
            // Under load some may have been given up before the last was heard; were they in its way, nearly all of them would be.
            let place = try #require(ends.firstIndex(of: "here"))
            #expect(place < idle.count / 2, "\(place) were given up first")
            #expect(ends.count { $0 == "given up" } == idle.count)
        }
        withExtendedLifetime(idle) {}
    }

    @Test("without a descriptor for one more caller nothing spins, and the caller is served when there is one again")
    func noDescriptorLeft() async throws {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.path.appending("control.sock")
            let socket = try ControlSocket(at: path)
            var few = rlimit(rlim_cur: 128, rlim_max: 128)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &few)
            var taken: [Int32] = []
            while case let next = dup(2), next >= 0 { taken.append(next) }
            guard let last = taken.popLast() else { exit(2) }
            // Room for the caller's end of the line, and none for the daemon's.
            Glibc.close(last)
            let caller = try ControlClient(at: path)
            try caller.say("{\"command\":\"status\"}\n")
            let before = clock()
            usleep(1_000_000)
            guard clock() - before < 300 * CLOCKS_PER_SEC / 1_000 else { exit(3) }
            taken.forEach { Glibc.close($0) }
            var requests = socket.requests.makeAsyncIterator()
            guard try await requests.next()?.request().command == .status else { exit(4) }
            withExtendedLifetime(caller) {}
        }
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
