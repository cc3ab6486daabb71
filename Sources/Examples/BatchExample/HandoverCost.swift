// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc
import SystemPackage
import Workers

/// What it costs to hand one line to a worker and have it back, in CPU time of all processes together.
///
/// Start-up is taken out by running each pool twice, with few documents and with many.
struct HandoverCost {
    let program: FilePath
    private let few = 100, many = 1_100, rounds = 3

    private struct Contender {
        let name: String
        let isolation: WorkerConfiguration.Isolation
        let sandbox: WorkerConfiguration.Sandbox
    }

    private var contenders: [Contender] {
        [
            Contender(name: "process each, locked", isolation: .document, sandbox: .require),
            Contender(name: "process each, no lock", isolation: .document, sandbox: .off),
            Contender(name: "batch, locked", isolation: .batch(documents: 100), sandbox: .require),
            Contender(name: "batch, no lock", isolation: .batch(documents: 100), sandbox: .off),
        ]
    }

    func run() async throws {
        let contenders = contenders
        var best = [Double](repeating: .infinity, count: contenders.count)
        for _ in 0..<rounds {
            for (n, contender) in contenders.enumerated() {
                let short = try await milliseconds(few, contender)
                let long = try await milliseconds(many, contender)
                best[n] = min(best[n], (long - short) / Double(many - few))
            }
        }
        for (contender, cost) in zip(contenders, best) {
            let gap = String(repeating: " ", count: max(1, 24 - contender.name.count))
            print("hand-over       \(contender.name)\(gap)\((cost * 1_000).rounded() / 1_000) ms CPU a document")
        }
    }

    private func milliseconds(_ count: Int, _ contender: Contender) async throws -> Double {
        var configuration = WorkerConfiguration(program: program, count: 1)
        configuration.isolation = contender.isolation
        configuration.sandbox = contender.sandbox
        let before = Self.used
        let pool = WorkerPool(configuration: configuration)
        try await pool.start()
        for number in 0..<count {
            let request = ConversionRequest(job: JobID(milliseconds: UInt64(number)), name: Array("line.txt".utf8))
            _ = try await pool.convert(request, input: .bytes(Array("one line\n".utf8)), into: Nowhere())
        }
        await pool.stop()
        return Self.used - before
    }

    /// Of this process and of every child that it has waited for.
    private static var used: Double {
        [RUSAGE_SELF.rawValue, RUSAGE_CHILDREN.rawValue].reduce(0) { sum, who in
            var usage = rusage()
            getrusage(__rusage_who_t(who), &usage)
            return sum + Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000 + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000
        }
    }
}

private final class Nowhere: ReplyReceiver {
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws {}
    func beginAsset(name: String, mediaType: String) throws {}
    func asset(_ chunk: UnsafeRawBufferPointer) throws {}
    func endAsset() throws {}
    func progress(_ done: UInt64) {}
}
