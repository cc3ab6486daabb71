// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Synchronization
import Testing
import Workers

extension AllWorkers {
    @Suite("a worker that misbehaves")
    struct MisbehaviourTests {
        /// Instruction, the name of its failure, a part of the reason.
        static let cases: [(String, FailureCode, String)] = [
            ("segv", .crash, "SIGSEGV"), ("abort", .crash, "SIGABRT"), ("stack", .crash, "SIGSEGV"), ("sigkill", .crash, "SIGKILL"),
            ("sigsys", .sandboxViolation, "SIGSYS"), ("exit 3", .internalError, "status 3"),
            ("kill", .sandboxViolation, "SIGSYS"), ("open", .internalError, "status 45"), ("socket", .internalError, "status 45"),
            ("loop", .timeoutCPU, "500 ms"), ("sleep", .timeoutStall, "1000 ms"),
            ("progress 100", .timeoutWall, "2000 ms"),
            ("oom", .memory, ""), ("oom-at-once", .memory, ""),
            ("flood", .textLimit, "text"), ("flood-past-own-limit", .textLimit, "text"), ("flood-assets", .assetLimit, "assets"),
            ("stderr 100000000", .stderrLimit, "standard error"),
            ("half-frame", .protocolViolation, "without an end frame"), ("no-end", .protocolViolation, "without an end frame"),
            ("no-ready", .protocolViolation, "without an end frame"),
            ("bad-length", .protocolViolation, "65537"), ("bad-type", .protocolViolation, "unknown type"),
            ("bad-crc", .protocolViolation, "checksum"), ("bad-count", .protocolViolation, "counts"),
            ("bad-utf8", .protocolViolation, "UTF-8"), ("bad-asset", .protocolViolation, "unsafe name"),
            ("late-frame", .protocolViolation, "after the end"),
            ("end-then-die", .crash, "SIGABRT"),
            ("malformed", .malformed, "says so"), ("environment", .protocolViolation, "not a worker's"),
        ]

        /// A time limit only where it is the one to be met: everything else is slow on a busy machine.
        private static func limits(_ instruction: String, _ limits: inout ConversionLimits) {
            switch instruction {
            case "loop": limits.cpuMilliseconds = 500
            case "sleep": limits.stallMilliseconds = 1_000
            case "progress 100": limits.wallMilliseconds = 2_000
            default: break
            }
            limits.addressSpaceBytes = 96 << 20
            limits.textBytes = 4 << 20
            limits.textRatio = 1_000_000
            limits.assetBytes = 4 << 20
        }

        @Test("ends in the right class, and the next document is well", arguments: [false, true])
        func classes(isBatch: Bool) async throws {
            try await withMocks(1, ["--mock"], { $0.isolation = isBatch ? .batch(documents: 100) : .document }) { pool in
                for (instruction, code, reason) in Self.cases {
                    // One process for many: how it ends after a whole reply is the next document's misfortune.
                    if isBatch && ["end-then-die", "late-frame"].contains(instruction) { continue }
                    let failure = await pool.failure(instruction) { Self.limits(instruction, &$0) }
                    #expect(failure?.code == code, "\(instruction): \(failure.map(\.description) ?? "done")")
                    #expect(failure?.reason.contains(reason) ?? false, "\(instruction): \(failure?.reason ?? "")")
                    let collected = Collected()
                    _ = try await pool.run("ok then", into: collected)
                    #expect(collected.text == "ok then")
                }
            }
        }

        @Test("closes or ends its reply and lives on: not done", arguments: ["close", "end-then-hang"])
        func livesOn(instruction: String) async throws {
            try await withMocks { pool in
                let failure = await pool.failure(instruction) { Self.limits(instruction, &$0) }
                #expect(failure?.code == .protocolViolation)
            }
        }

        @Test("prints less than a flood: delivered all the same")
        func printsALittle() async throws {
            try await withMocks { pool in
                let failure = await pool.failure("stderr 1000000")
                #expect(failure == nil)
            }
        }

        @Test("works longer than the stall limit with progress: delivered")
        func progressKeepsTheStallLimitAway() async throws {
            try await withMocks { pool in
                let collected = Collected()
                try await pool.run("progress 10", into: collected) { $0.stallMilliseconds = 500 }
                #expect(collected.state.withLock { $0.progress.count } > 5)
            }
        }
    }
}
