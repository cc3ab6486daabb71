// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import Glibc
import SystemPackage
import Workers

/// Runs the same jobs through the executions and prints how their times compare.
///
/// Rounds are interleaved and the best time of each execution counts, because machines are shared.
struct Benchmark {
    private let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    private let rounds = 5

    /// Only the parts that are named, or all of them.
    func run(_ parts: [String]) async throws {
        defer { fflush(nil) }
        print("\(cores) cores, best of \(rounds) interleaved rounds")
        if parts.isEmpty || parts.contains("overhead") { try await overhead() }
        if parts.isEmpty || parts.contains("waiting") { try await waiting() }
        if parts.isEmpty || parts.contains("computing") { try await computing() }
        if parts.isEmpty || parts.contains("mixed") { try await mixed() }
    }

    private func overhead() async throws {
        let count = 200_000
        var best = Duration.seconds(1_000)
        for _ in 0..<rounds {
            best = min(best, try await time(Array(repeating: Load(), count: count), .async { _ in }))
        }
        print("overhead        \(decimals(best / .microseconds(1) / Double(count))) µs for a job that does nothing")
    }

    private func waiting() async throws {
        let jobs = Array(repeating: Load(idle: 20), count: 100)
        try await compare("waiting", jobs, [
            ("one by one", { .async(limit: 1) { try await Task.sleep(for: .milliseconds($0.payload.idle)) } }),
            ("async, 16", { .async(limit: 16) { try await Task.sleep(for: .milliseconds($0.payload.idle)) } }),
            ("threads, 16", { .threads(limit: 16) { $0.payload.carryOut() } }),
        ])
    }

    private func computing() async throws {
        let jobs = Array(repeating: Load(busy: 20), count: 60)
        let one = try await pool(1), all = try await pool(cores)
        try await compare("computing", jobs, [
            ("one by one", { .async(limit: 1) { $0.payload.compute() } }),
            ("workers, 1", { workers(one, 1) }),
            ("workers, \(cores)", { workers(all, cores) }),
        ])
        await one.stop()
        await all.stop()
    }

    /// Each job waits for its input, computes, and waits for its output: once with computing as the bottleneck, once with waiting.
    private func mixed() async throws {
        let one = try await pool(cores), more = try await pool(cores + 1)
        for (name, load) in [("mixed 20+20+20", Load(busy: 20, idle: 20)), ("mixed 50+10+50", Load(busy: 10, idle: 50))] {
            try await compare(name, Array(repeating: load, count: 60), [
                ("async, 16", { .async(limit: 16) { attempt in
                    try await Task.sleep(for: .milliseconds(attempt.payload.idle))
                    attempt.payload.compute()
                    try await Task.sleep(for: .milliseconds(attempt.payload.idle))
                } }),
                ("workers, \(cores)", { workers(one, cores, waits: true) }),
                ("hybrid, \(cores)", { .hybrid(MixedStages(), engine: one, limits: HybridLimits(read: 16, work: cores)) }),
                ("hybrid, \(cores + 1)", { .hybrid(MixedStages(), engine: more, limits: HybridLimits(read: 16, work: cores + 1)) }),
            ])
        }
        await one.stop()
        await more.stop()
    }

    private typealias Contender = (name: String, execution: () -> Execution<Load, Void>)

    private func compare(_ what: String, _ jobs: [Load], _ contenders: [Contender]) async throws {
        var best = [Duration](repeating: .seconds(1_000), count: contenders.count)
        for _ in 0..<rounds {
            for (n, contender) in contenders.enumerated() { best[n] = min(best[n], try await time(jobs, contender.execution())) }
        }
        for (contender, time) in zip(contenders, best) {
            let name = contender.name + String(repeating: " ", count: max(0, 12 - contender.name.count))
            print("\(what)\(String(repeating: " ", count: max(1, 16 - what.count)))\(name) \(decimals(time / .milliseconds(1))) ms  \(decimals(best[0] / time)) ×")
        }
    }

    private func time(_ jobs: [Load], _ execution: Execution<Load, Void>) async throws -> Duration {
        let processor = BatchProcessor(execution)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            group.addTask { await processor.run { _ in } }
            for job in jobs { try await processor.submit(BatchJob(payload: job)) }
            processor.finish()
            try await group.waitForAll()
        }
        guard processor.statistics.done == jobs.count else { throw ConversionError(.internalError, "\(processor.statistics.failed) jobs failed") }
        return ContinuousClock.now - start
    }

    private func pool(_ count: Int) async throws -> WorkerPool {
        var configuration = WorkerConfiguration(program: "/proc/self/exe", count: count)
        configuration.arguments = ["worker"]
        let pool = WorkerPool(configuration: configuration)
        try await pool.start()
        return pool
    }

    /// Worker processes behind jobs of this benchmark; with `waits`, they do the waiting as well.
    private func workers(_ pool: WorkerPool, _ count: Int, waits: Bool = false) -> Execution<Load, Void> {
        .hybrid(PlainStages(waits: waits), engine: pool, limits: HybridLimits(read: count, work: count, write: count))
    }

    private func decimals(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}

private func conversion(_ attempt: Attempt<Load>, _ load: Load) -> Conversion {
    Conversion(ConversionRequest(job: attempt.job.id, name: Array("load.txt".utf8)), input: .bytes(Array(load.text.utf8)), receiver: Discarded())
}

private struct PlainStages: HybridStages {
    let waits: Bool
    func read(_ attempt: Attempt<Load>) async throws -> Prepared<Void> {
        .convert(conversion(attempt, Load(busy: attempt.payload.busy, idle: waits ? 2 * attempt.payload.idle : 0)))
    }
    func write(_ attempt: Attempt<Load>, _ conversion: Conversion, _ reply: ConversionReply) async throws {}
}

private struct MixedStages: HybridStages {
    func read(_ attempt: Attempt<Load>) async throws -> Prepared<Void> {
        try await Task.sleep(for: .milliseconds(attempt.payload.idle))
        return .convert(conversion(attempt, Load(busy: attempt.payload.busy)))
    }
    func write(_ attempt: Attempt<Load>, _ conversion: Conversion, _ reply: ConversionReply) async throws {
        try await Task.sleep(for: .milliseconds(attempt.payload.idle))
    }
}

/// Looks at nothing.
private final class Discarded: ReplyReceiver {
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws {}
    func beginAsset(name: String, mediaType: String) throws {}
    func asset(_ chunk: UnsafeRawBufferPointer) throws {}
    func endAsset() throws {}
    func progress(_ done: UInt64) {}
}
