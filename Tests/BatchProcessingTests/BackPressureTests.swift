// SPDX-License-Identifier: Apache-2.0
@testable import BatchProcessing
import ConversionProtocol
import Glibc
import Synchronization
import Testing
import TestSupport

@Suite("Back-pressure", .timeLimit(.minutes(10)))
struct BackPressureTests {
    @Test("a producer of 100,000 jobs is never ahead of the results by more than the capacity")
    func capacity() async throws {
        var settings = BatchSettings()
        settings.capacity = 4_096
        let ahead = Level()
        let processor = BatchProcessor<Int, Int>(.async(limit: 4) { $0.payload }, settings: settings)
        try await withThrowingTaskGroup { group in
            group.addTask {
                for n in 0..<100_000 {
                    try await processor.submit(BatchJob(payload: n))
                    ahead.rise()
                }
                processor.finish()
            }
            group.addTask {
                await processor.run { _ in ahead.fall() }
            }
            try await group.waitForAll()
        }
        #expect(processor.statistics.done == 100_000)
        // A result may be counted a moment before its submission is.
        #expect((100...4_096).contains(ahead.most))
    }

    @Test("a slow receiver holds the producer back")
    func receiver() async throws {
        var settings = BatchSettings()
        settings.capacity = 3
        let gate = Gate()
        let submitted = Level()
        let processor = BatchProcessor<Int, Int>(.async(limit: 16) { $0.payload }, settings: settings)
        try await withThrowingTaskGroup { group in
            group.addTask {
                for n in 0..<10 {
                    try await processor.submit(BatchJob(payload: n))
                    submitted.rise()
                }
                processor.finish()
            }
            group.addTask {
                await processor.run { _ in while !gate.isOpen { try? await Task.sleep(for: .milliseconds(1)) } }
            }
            try await eventually("the processor is full") { submitted.count == 3 && processor.statistics.done == 3 }
            try await Task.sleep(for: .milliseconds(20))
            #expect(submitted.count == 3)
            gate.open()
            try await group.waitForAll()
        }
        #expect(submitted.count == 10)
    }

    @Test("a producer that is cancelled while it waits leaves nothing behind")
    func cancelledProducer() async throws {
        var settings = BatchSettings()
        settings.capacity = 1
        let processor = BatchProcessor<Int, Int>(.async { $0.payload }, settings: settings)
        try await processor.submit(BatchJob(payload: 1))
        #expect(try !processor.trySubmit(BatchJob(payload: 2)))
        let producer = Task { try await processor.submit(BatchJob(payload: 3)) }
        producer.cancel()
        await #expect(throws: CancellationError.self) { try await producer.value }
        processor.finish()
        let sum = Level()
        await processor.run { result in sum.rise(result.job.payload) }
        #expect(sum.count == 1)
    }

    @Test("a job is held once")
    func doubleSubmission() async throws {
        let processor = BatchProcessor<Int, Int>(.async { $0.payload })
        let job = BatchJob(payload: 1)
        try await processor.submit(job)
        await #expect(throws: SubmissionError.alreadyHeld) { try await processor.submit(job) }
    }

    @Test("writes gather far beyond the number of workers, which are free meanwhile")
    func writes() async throws {
        let gate = Gate()
        let engine = InlineEngine { _, _ in "x" }
        let stages = SlowWrites(gate: gate)
        let processor = BatchProcessor(.hybrid(stages, engine: engine, limits: HybridLimits(work: 1, write: 64)))
        try await withThrowingTaskGroup { group in
            group.addTask { await processor.run { _ in } }
            for n in 0..<200 { try await processor.submit(BatchJob(payload: n)) }
            processor.finish()
            try await eventually("64 are being written") { stages.writing.count == 64 }
            gate.open()
            try await group.waitForAll()
        }
        #expect(stages.writing.most == 64)
        #expect(engine.most == 1)
        #expect(processor.statistics.done == 200)
    }

    @Test("a thread that does not stop when told is left behind, and its job fails without another attempt")
    func stuckThread() async throws {
        var settings = BatchSettings()
        settings.timeout = .milliseconds(20)
        settings.grace = .milliseconds(20)
        let gate = Gate()
        let processor = BatchProcessor<Int, Int>(.threads(limit: 1) { attempt in
            while attempt.payload == 0 && !gate.isOpen { usleep(1_000) }
            return attempt.payload
        }, settings: settings)
        for n in 0..<3 { try await processor.submit(BatchJob(payload: n)) }
        processor.finish()
        let failures = Level()
        await processor.run { result in
            guard case .failed(let error) = result.outcome else { return }
            #expect(result.job.payload == 0 && error.code == .timeoutWall && result.attempts == 1)
            failures.rise()
        }
        #expect(failures.count == 1)
        #expect(processor.statistics.done == 2)
        gate.open()
    }

    @Test("started jobs never hold more bytes than allowed, but a large one runs by itself")
    func bytes() async throws {
        var settings = BatchSettings()
        settings.bytesInFlight = 100
        let held = Level()
        let processor = BatchProcessor<UInt64, Void>(.async(limit: 16) { attempt in
            held.rise(Int(attempt.payload))
            await Task.yield()
            held.fall(Int(attempt.payload))
        }, settings: settings)
        for bytes in [40, 40, 40, 500, 10, 90, 1] as [UInt64] { try await processor.submit(BatchJob(bytes: bytes, payload: bytes)) }
        processor.finish()
        await processor.run { _ in }
        #expect(held.most == 500)
        #expect(processor.statistics.done == 7)
    }
}

/// A level and the highest it ever had.
final class Level: Sendable {
    private let inner = Mutex((now: 0, most: 0))
    var count: Int { inner.withLock { $0.now } }
    var most: Int { inner.withLock { $0.most } }
    func rise(_ by: Int = 1) {
        inner.withLock { inner in
            inner.now += by
            inner.most = max(inner.most, inner.now)
        }
    }
    func fall(_ by: Int = 1) { inner.withLock { $0.now -= by } }
}

private struct SlowWrites: HybridStages {
    let gate: Gate
    let writing = Level()

    func read(_ attempt: Attempt<Int>) async throws -> Prepared<Int> {
        .convert(Conversion(ConversionRequest(job: attempt.job.id, name: []), input: .bytes([]), receiver: TextReceiver()))
    }

    func write(_ attempt: Attempt<Int>, _ conversion: Conversion, _ reply: ConversionReply) async throws -> Int {
        writing.rise()
        defer { writing.fall() }
        while !gate.isOpen { try await Task.sleep(for: .milliseconds(1)) }
        return attempt.payload
    }
}
