// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc
import SystemPackage
import TestSupport
import Testing
import Workers

/// One at a time: they count this process's children and descriptors.
@Suite("workers", .serialized)
enum AllWorkers {}

extension AllWorkers {
    @Suite("a pool's life")
    struct PoolLifeTests {
        @Test("a program that is not there, not ours, of another version or silent is refused at the start")
        func refusals() async throws {
            let mock = builtProgram("MockWorker")
            let cases: [(FilePath, [String], String)] = [
                ("/nonexistent/worker", [], "cannot start \"/nonexistent/worker\": no such file or directory"),
                ("/etc/passwd", [], "cannot start \"/etc/passwd\": permission denied"),
                ("/bin/true", [], "ended at once (status 0)"),
                (mock, ["--mock=die"], "ended at once (status 9)"),
                (mock, ["--mock=version"], "it speaks version \(RequestMessage.version + 1)"),
                (mock, ["--mock=hang"], "did not answer in 300 ms"),
            ]
            for (program, arguments, reason) in cases {
                var configuration = WorkerConfiguration(program: program, count: 2)
                configuration.arguments = arguments
                configuration.startMilliseconds = 300
                let pool = WorkerPool(configuration: configuration)
                let error = await #expect(throws: ConversionError.self) { try await pool.start() }
                #expect(error?.code == .workerUnavailable)
                #expect(error?.remedy == .environment)
                #expect(error?.reason.contains(reason) ?? false, "\(error?.reason ?? "")")
                #expect(Processes.children(of: getpid()).isEmpty)
            }
        }

        @Test("a worker killed while it starts is started again")
        func killedAtBirth() async throws {
            let folder = try TemporaryFolder()
            let script = folder.path.appending("worker")
            try script.write("#!/bin/sh\n[ -e \"$0.once\" ] || { : >\"$0.once\"; kill -9 $$; }\nexec '\(builtProgram("MockWorker"))' \"$@\"\n")
            chmod(script.string, 0o755)
            try await withMocks(1, ["--mock"], { $0.program = script }) { pool in try await pool.run("ok") }
            #expect(access(folder.path.appending("worker.once").string, F_OK) == 0)
        }

        @Test("a program that disappears is the environment's fault, and coming back is enough")
        func disappears() async throws {
            let folder = try TemporaryFolder()
            let link = folder.path.appending("worker")
            symlink(builtProgram("MockWorker").string, link.string)
            try await withMocks(1, ["--mock"], { $0.program = link }) { pool in
                try await pool.run("ok")
                unlink(link.string)
                kill(try #require(Processes.children(of: getpid()).first), SIGKILL)
                let failure = await pool.failure("ok")
                #expect(failure?.remedy == .environment)
                symlink(builtProgram("MockWorker").string, link.string)
                try await pool.run("ok")
            }
        }

        @Test("a document that takes long is nicer than the nurseries and documents that do not")
        func givingWay() async throws {
            func niceness() -> Set<Int32> { Set(Processes.children(of: getpid()).map { getpriority(__priority_which_t(0), id_t($0)) }) }
            let own = getpriority(__priority_which_t(0), id_t(getpid()))
            for waits in [60_000, 50] as [UInt64] {
                let pool = try await WorkerPool.mock(1) { $0.givesWayAfter = waits }
                async let long: Void = { _ = try? await pool.run("sleep") }()
                try await eventually("it runs") { Processes.children(of: getpid()).count == 2 }
                if waits == 50 {
                    try await eventually("it is nicer") { niceness() == [own, min(own + 5, 19)] }
                } else {
                    #expect(niceness() == [own])
                }
                await pool.stop()
                await long
            }
        }

        @Test("stopping kills what runs, waits for it and may be done twice")
        func stopping() async throws {
            let pool = try await WorkerPool.mock(2)
            let sleeping = (0..<4).map { _ in Task { try await pool.run("sleep") } }
            try await eventually("two run") { pool.counters.documents == 2 }
            async let one: Void = pool.stop()
            async let two: Void = pool.stop()
            _ = await (one, two)
            for task in sleeping {
                let error = await #expect(throws: ConversionError.self) { try await task.value }
                #expect(error?.code == .cancelled)
            }
            #expect(Processes.children(of: getpid()).isEmpty)
            let late = await pool.failure("ok")
            #expect(late?.code == .cancelled)
            await pool.stop()
        }

        @Test("a thousand documents, good and bad, leave no descriptor and no zombie")
        func leaks() async throws {
            try await withMocks(2) { pool in
                try await pool.run("ok")
                let before = Processes.openDescriptors
                for round in 0..<1_000 {
                    switch round % 50 {
                    case 1: _ = await pool.failure("abort")
                    case 2: _ = await pool.failure("bad-type")
                    default: try await pool.run("ok")
                    }
                }
                #expect(Processes.openDescriptors == before)
                let children = Processes.children(of: getpid())
                #expect(children.count == 2)
                #expect(!children.contains(where: Processes.isZombie))
            }
            #expect(Processes.children(of: getpid()).isEmpty)
        }

        @Test("when the daemon dies, nurseries and children die within a second", arguments: ["sleep", "loop"])
        func daemonDies(instruction: String) async throws {
            let host = Started(builtProgram("PoolHost"), [builtProgram("MockWorker").string, "2", "hold", instruction, "--", "--mock"])
            #expect(host.firstWords().hasPrefix("started"))
            try await eventually("both documents have a child") { Processes.children(of: host.pid).count == 4 }
            let family = Processes.children(of: host.pid)
            host.kill()
            try await eventually("all are gone", within: .seconds(1)) { !family.contains(where: Processes.isAlive) }
        }

        @Test("it knows how its workers ended even where its parent left SIGCHLD ignored")
        func ignoredChildren() async throws {
            signal(SIGCHLD, SIG_IGN)
            try await withMocks(1) { pool in
                try await pool.run("ok")
                #expect(await pool.failure("segv")?.code == .crash)
            }
            signal(SIGCHLD, SIG_DFL)
        }

        @Test("SIGPIPE does not end the daemon when a worker is gone")
        func brokenPipes() async throws {
            signal(SIGPIPE, SIG_DFL)
            try await withMocks(1) { pool in
                for _ in 0..<20 {
                    if let nursery = Processes.children(of: getpid()).first { kill(nursery, SIGKILL) }
                    try await pool.run("ok")
                }
            }
        }
    }
}
