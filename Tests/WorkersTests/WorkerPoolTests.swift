// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Workers

extension AllWorkers {
    @Suite("the worker pool")
    struct WorkerPoolTests {
        @Test("converts many documents over its slots while others kill themselves", arguments: [1, 3])
        func neighbours(count: Int) async throws {
            try await withMocks(count) { pool in
                let outcomes = await withTaskGroup { group in
                    for number in 0..<300 {
                        group.addTask {
                            if number % 10 == 3 { return await pool.failure("segv")?.code == .crash }
                            let collected = Collected()
                            _ = try? await pool.run("ok \(number)", into: collected)
                            return collected.text == "ok \(number)"
                        }
                    }
                    return await group.reduce(into: [Bool: Int]()) { $0[$1, default: 0] += 1 }
                }
                #expect(outcomes == [true: 300])
                #expect(pool.counters.documents == 300)
                #expect(pool.counters.failures == [.crash: 30])
                #expect(pool.counters.restarts == 0)
            }
        }

        @Test("starts a nursery anew after so many documents")
        func restarts() async throws {
            for isBatch in [false, true] {
                try await withMocks(1, ["--mock"], {
                    $0.nurseryDocuments = 10
                    if isBatch { $0.isolation = .batch(documents: 10) }
                }) { pool in
                    for _ in 0..<35 { try await pool.run("ok") }
                    #expect(pool.counters.restarts == 3)
                }
            }
        }

        @Test("a worker rehearses when it is asked a second time, and every later document's process knows what it learned")
        func rehearsals() async throws {
            try await withMocks(1, []) { pool in
                var known: [String] = []
                while known.count < 2 || known.last != "one, two", known.count < 1_000 {
                    let collected = Collected()
                    try await pool.run("rehearsed", into: collected)
                    known.append(collected.text)
                }
                #expect(known.prefix(2) == ["nothing", "nothing"])
                #expect(known.last == "one, two")
            }
        }

        @Test("hands over documents of every size, inline, sealed or as a file", arguments: [0, 1, 100_000, 131_072, 1 << 20, 5 << 20])
        func sizes(size: Int) async throws {
            let folder = try TemporaryFolder()
            let bytes = (0..<size).map { UInt8(ascii: "a") + UInt8($0 % 23) }
            let file = folder.path.appending("document")
            try file.write(bytes)
            let opened = try Descriptor.open(file, O_RDONLY)
            for isBatch in [false, true] {
                try await withMocks(1, [], { $0.isolation = isBatch ? .batch(documents: 100) : .document }) { pool in
                    let request = ConversionRequest(job: JobID(milliseconds: 0), name: [])
                    for input in [ConversionInput.bytes(bytes), .descriptor(opened.raw, size: UInt64(size))] {
                        let collected = Collected()
                        let reply = try await pool.convert(request, input: input, into: collected)
                        #expect(collected.state.withLock { $0.texts[0] ?? [] } == bytes)
                        #expect(reply.textBytes == [UInt64(size)])
                        #expect(reply.detectedFormat == "txt")
                        #expect(reply.usage.wallMicroseconds > 0)
                        #expect(isBatch || reply.usage.peakBytes > 0)
                    }
                }
            }
        }

        @Test("brings assets and folded losses back")
        func assetsAndLosses() async throws {
            try await withMocks { pool in
                let collected = Collected()
                let reply = try await pool.run("asset", into: collected)
                #expect(reply.assets == [AssetSummary(name: "picture.png", mediaType: "image/png", bytes: 5)])
                #expect(collected.state.withLock { $0.assets.map(\.bytes) } == [Array("asset".utf8)])
                #expect(try await pool.run("loss 7").losses == [Loss(code: "mock-loss", message: "lost on request", count: 7)])
            }
        }

        @Test("calls a file that shrinks while it is read changed", .serialized, arguments: [false, true])
        func shrinking(isBefore: Bool) async throws {
            let folder = try TemporaryFolder()
            let file = folder.path.appending("document")
            try file.write(Array("slow 300 ".utf8) + Array(repeating: UInt8(ascii: "x"), count: 20 << 20))
            let opened = try Descriptor.open(file, O_RDONLY)
            try await withMocks(1, isBefore ? [] : ["--mock"]) { pool in
                if isBefore { truncate(file.string, 100) }
                let converted = Task {
                    try await pool.convert(
                        ConversionRequest(job: JobID(milliseconds: 0), name: []), input: .descriptor(opened.raw, size: UInt64(20 << 20) + 9), into: Collected())
                }
                if !isBefore {
                    try await Task.sleep(for: .milliseconds(100))
                    truncate(file.string, 100)
                }
                let error = await #expect(throws: ConversionError.self) { try await converted.value }
                #expect(error?.code == .inputChanged)
                #expect(error?.remedy == .readAgain)
            }
        }

        @Test("passes on what the receiver throws, and goes on")
        func receiverThrows() async throws {
            try await withMocks(1, []) { pool in
                let request = ConversionRequest(job: JobID(milliseconds: 0), name: [])
                await #expect(throws: Collected.Full.self) {
                    try await pool.convert(request, input: .bytes(Array(repeating: 0x61, count: 4 << 20)), into: Collected(mostText: 1_000))
                }
                let collected = Collected()
                _ = try await pool.convert(request, input: .bytes([0x62]), into: collected)
                #expect(collected.text == "b")
            }
        }

        @Test("kills the worker of a cancelled call and only that", arguments: [false, true])
        func cancelling(isBatch: Bool) async throws {
            try await withMocks(2, ["--mock"], { $0.isolation = isBatch ? .batch(documents: 100) : .document }) { pool in
                async let other = pool.run("slow 500")
                let sleeping = Task { try await pool.run("sleep") }
                try await Task.sleep(for: .milliseconds(100))
                let clock = ContinuousClock()
                let took = await clock.measure {
                    sleeping.cancel()
                    let error = await #expect(throws: ConversionError.self) { try await sleeping.value }
                    #expect(error?.code == .cancelled)
                }
                #expect(took < .seconds(2))
                _ = try await other
            }
        }

        @Test("never hands over a call that is cancelled while it waits")
        func cancelledWhileWaiting() async throws {
            try await withMocks(1) { pool in
                let first = Task { try await pool.run("slow 300") }
                try await eventually("the first is handed over") { pool.counters.documents == 1 }
                let second = Task { try await pool.run("ok") }
                second.cancel()
                let error = await #expect(throws: ConversionError.self) { try await second.value }
                #expect(error?.code == .cancelled)
                _ = try await first.value
                #expect(pool.counters.documents == 1)
            }
        }

        @Test("grows and shrinks while it runs")
        func setCount() async throws {
            try await withMocks(1) { pool in
                func atOnce() async throws -> Duration {
                    try await ContinuousClock().measure {
                        try await withThrowingTaskGroup { group in
                            for _ in 0..<4 { group.addTask { _ = try await pool.run("slow 200") } }
                            try await group.waitForAll()
                        }
                    }
                }
                #expect(try await atOnce() > .milliseconds(790))
                pool.setCount(4)
                try await eventually("four nurseries run") { Processes.children(of: getpid()).count >= 4 }
                #expect(try await atOnce() < .milliseconds(700))
                pool.setCount(1)
                #expect(try await atOnce() > .milliseconds(790))
            }
        }

        @Test("starts a nursery again that somebody killed, at no document's cost")
        func killedNursery() async throws {
            for isIdle in [true, false] {
                try await withMocks(1) { pool in
                    for round in 0..<5 {
                        let nursery = try #require(Processes.children(of: getpid()).first)
                        kill(nursery, SIGKILL)
                        if isIdle { try await eventually("it is replaced") { pool.counters.restarts == UInt64(round + 1) } }
                        try await pool.run("ok")
                    }
                    #expect(pool.counters.restarts == 5)
                    #expect(pool.counters.failures.isEmpty)
                }
            }
        }

        @Test("finishes a document whose nursery is killed meanwhile")
        func orphan() async throws {
            try await withMocks(1) { pool in
                let nursery = try #require(Processes.children(of: getpid()).first)
                async let slow = pool.run("slow 300")
                try await eventually("the child runs") { Processes.children(of: getpid()).count == 2 }
                kill(nursery, SIGKILL)
                _ = try await slow
                try await pool.run("ok")
            }
        }
    }
}
