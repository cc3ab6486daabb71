// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import SystemPackage
import Testing
import Workers

extension AllWorkers {
    @Suite("a worker that root starts", .enabled(if: geteuid() == 0, "skipped: only root can start workers as another user"))
    struct WorkerUserTests {
        @Test("is another user in every respect: ids, groups, capabilities")
        func identity() async throws {
            try await withMocks(1, ["--mock"], { $0.user = WorkerUser(id: 4_321, group: 1_234) }) { pool in
                try await pool.run("ok")
                let statuses = Processes.children(of: getpid()).compactMap { try? Self.status(of: $0) }.filter { $0["Name"]?.hasPrefix("MockWorker") == true }
                #expect(statuses.count == 1)
                let status = try #require(statuses.first)
                #expect(status["Uid"] == "4321\t4321\t4321\t4321")
                #expect(status["Gid"] == "1234\t1234\t1234\t1234")
                #expect(status["Groups"]?.allSatisfy(\.isWhitespace) == true)
                for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] { #expect(status[set]?.allSatisfy { $0 == "0" } == true, "\(set) \(status[set] ?? "")") }
                #expect(status["NoNewPrivs"] == "1")
                #expect(status["Seccomp"] == "2")
            }
        }

        @Test("serves nothing as root", arguments: [WorkerUser(id: 0, group: 0), WorkerUser(id: 4_321, group: 0)])
        func root(_ user: WorkerUser) async throws {
            await #expect(throws: ConversionError.self) {
                let pool = try await WorkerPool.mock(1, ["--mock"], { $0.user = user })
                await pool.stop()
            }
        }

        private static func status(of process: Int32) throws -> [String: String] {
            let text = String(decoding: try Descriptor.open(FilePath("/proc/\(process)/status"), O_RDONLY).read(8_192, path: "status"), as: UTF8.self)
            var fields: [String: String] = [:]
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2 { fields[String(parts[0])] = String(parts[1].drop { $0 == "\t" }) }
            }
            return fields
        }
    }
}
