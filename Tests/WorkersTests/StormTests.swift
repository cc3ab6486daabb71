// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc
import Synchronization
import TestSupport
import Testing
import Workers

extension AllWorkers {
    @Suite("a pool in a storm")
    struct StormTests {
        /// What each instruction may end in besides `cancelled`; nil: done.
        private static let endings: [(String, FailureCode?)] = [
            ("ok", nil), ("ok", nil), ("ok", nil), ("slow 5", nil), ("slow 20", nil), ("asset", nil), ("loss 3", nil),
            ("segv", .crash), ("abort", .crash), ("sigsys", .sandboxViolation), ("bad-crc", .protocolViolation), ("no-end", .protocolViolation),
            ("malformed", .malformed), ("exit 5", .internalError), ("flood", .textLimit), ("late-frame", .protocolViolation),
        ]

        private final class Log: Sendable {
            let wrong = Mutex<[String]>([])
        }

        @Test("documents of all kinds, cancelled calls, killed nurseries and a changing number of workers: each call ends as it should")
        func storm() async throws {
            try await withMocks(3, ["--mock"], { $0.nurseryDocuments = 20 }) { pool in
                // Sleeping for the first time opens descriptors of the runtime's own.
                try await Task.sleep(for: .milliseconds(1))
                let before = Processes.openDescriptors
                let log = Log()
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await Self.disturb(pool) }
                    await withTaskGroup(of: Void.self) { calls in
                        for number in 0..<600 {
                            if number >= 12 { await calls.next() }
                            let (instruction, ending) = Self.endings[number % Self.endings.count]
                            calls.addTask {
                                let call = Task { await pool.failure(instruction) { $0.textBytes = 1 << 20 } }
                                if number % 13 == 5 { call.cancel() }
                                let failure = await call.value
                                if failure?.code != ending && failure?.code != .cancelled {
                                    log.wrong.withLock { $0.append("\(instruction): \(failure.map(\.description) ?? "done")") }
                                }
                            }
                        }
                    }
                    group.cancelAll()
                }
                #expect(log.wrong.withLock { $0 } == [])
                pool.setCount(3)
                for _ in 0..<6 { try await pool.run("ok") }
                try await eventually("only nurseries are left") { Processes.children(of: getpid()).count == 3 }
                #expect(!Processes.children(of: getpid()).contains(where: Processes.isZombie))
                #expect(Processes.openDescriptors == before)
            }
            #expect(Processes.children(of: getpid()).isEmpty)
        }

        /// Kills idle or busy nurseries (never their children) and changes the number of workers.
        private static func disturb(_ pool: WorkerPool) async {
            var round = 0
            while !Task.isCancelled {
                round += 1
                pool.setCount(1 + round % 4)
                // A nursery leads its process group, a document's child does not.
                let nurseries = Processes.children(of: getpid()).filter { getpgid($0) == $0 }
                if round % 3 == 0, let victim = nurseries.randomElement() { kill(victim, SIGKILL) }
                try? await Task.sleep(for: .milliseconds(15))
            }
        }
    }
}
