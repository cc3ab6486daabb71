// SPDX-License-Identifier: Apache-2.0
@testable import BatchProcessing
import ConversionProtocol
import FileAccess
import Glibc
import Synchronization
import TestSupport

/// The executions that have to behave the same.
enum Kind: String, CaseIterable, Sendable, CustomStringConvertible {
    case async, threads, workers, hybrid
    var description: String { rawValue }
}

/// A processor under test with everything it reported.
final class Subject: BatchReceiver {
    let kind: Kind
    let clock: ManualClock
    let diary = Diary()
    private let reported = Mutex<[String: [String]]>([:])
    private let changed = Mutex<[GroupChange]>([])
    private let ids = Mutex<[String: JobID]>([:])
    private let box: Box

    /// The processors have different types; what is done with them has not.
    private struct Box: Sendable {
        let submit: @Sendable (BatchJob<Script>) async throws -> Void
        let run: @Sendable (Subject) async -> Void
        let control: any Controls
    }

    var control: any Controls { box.control }

    init(_ kind: Kind, limit: Int = 2, clock: ManualClock = ManualClock(), settings: BatchSettings = .init()) {
        self.kind = kind
        self.clock = clock
        let engine = InlineEngine { request, _ in
            guard let script = Self.scripts.withLock({ $0[request.job] }) else { return "" }
            return try await Self.perform(script.0, script.1, script.2)
        }
        switch kind {
        case .async:
            box = Self.box(.async(limit: limit) { try await Self.perform($0.payload, $0.number, $0.isAlone) }, settings, clock)
        case .threads:
            box = Self.box(.threads(limit: limit) { attempt in
                guard let gate = try attempt.payload.begin(attempt.number, attempt.isAlone) else { return attempt.payload.name }
                while !gate.isOpen {
                    if attempt.isCancelled { throw CancellationError() }
                    usleep(1_000)
                }
                return attempt.payload.name
            }, settings, clock)
        case .workers:
            let inner = Execution<Conversion, ConversionReply>.workers(engine, limit: limit)
            box = Self.box(Execution(limits: inner.limits, body: { attempt, turn in
                let conversion = Self.conversion(attempt)
                let mapped = Attempt(
                    job: BatchJob(id: attempt.job.id, payload: conversion), number: attempt.number, isAlone: attempt.isAlone,
                    stopSign: attempt.stopSign)
                _ = try await inner.body(mapped, turn)
                return (conversion.receiver as? TextReceiver)?.text ?? ""
            }, limitChanged: inner.limitChanged), settings, clock)
        case .hybrid:
            box = Self.box(.hybrid(Stages(), engine: engine, limits: HybridLimits(read: limit, work: limit)), settings, clock)
        }
    }

    private static func box(_ execution: Execution<Script, String>, _ settings: BatchSettings, _ clock: ManualClock) -> Box {
        let processor = BatchProcessor(execution, settings: settings, clock: clock, random: FixedRandom())
        return Box(submit: { try await processor.submit($0) }, run: { await processor.run(reportingTo: $0) }, control: processor)
    }

    private static func perform(_ script: Script, _ number: Int, _ isAlone: Bool) async throws -> String {
        guard let gate = try script.begin(number, isAlone) else { return script.name }
        while !gate.isOpen { try await Task.sleep(for: .milliseconds(1)) }
        return script.name
    }

    /// Engines get a request, not a payload.
    private static let scripts = Mutex<[JobID: (Script, Int, Bool)]>([:])

    private static func conversion(_ attempt: Attempt<Script>) -> Conversion {
        scripts.withLock { $0[attempt.job.id] = (attempt.payload, attempt.number, attempt.isAlone) }
        return Conversion(ConversionRequest(job: attempt.job.id, name: []), input: .bytes([]), receiver: TextReceiver())
    }

    private struct Stages: HybridStages {
        func read(_ attempt: Attempt<Script>) async throws -> Prepared<String> { .convert(Subject.conversion(attempt)) }
        func write(_ attempt: Attempt<Script>, _ conversion: Conversion, _ reply: ConversionReply) async throws -> String {
            (conversion.receiver as? TextReceiver)?.text ?? ""
        }
    }

    // MARK: jobs and results

    func submit(_ name: String, _ deed: Deed = .succeed, priority: Priority = .normal, group: String = "g", bytes: UInt64 = 0) async throws {
        let job = BatchJob(group: group, name: name, bytes: bytes, priority: priority, payload: Script(name, deed, diary))
        ids.withLock { $0[name] = job.id }
        try await box.submit(job)
    }

    func id(_ name: String) -> JobID { ids.withLock { $0[name] } ?? .next() }
    /// The reports about a job in their order: `done`, `failed malformed`, `postponed crash 0`, ….
    func reports(_ name: String) -> [String] { reported.withLock { $0[name] ?? [] } }
    var changes: [GroupChange] { changed.withLock { $0 } }

    func ended(_ result: BatchResult<Script, String>) async {
        let line = switch result.outcome {
        case .done(let text): text == result.job.name ? "done" : "done with \(text)"
        case .failed(let error): "failed \(error.code.rawValue)"
        case .cancelled: "cancelled"
        case .interrupted: "interrupted"
        }
        reported.withLock { $0[result.job.name, default: []].append(line) }
    }

    func postponed(_ attempt: Attempt<Script>, because error: ConversionError, delay: Duration) async {
        reported.withLock { $0[attempt.job.name, default: []].append("postponed \(error.code.rawValue) \(delay.wholeMilliseconds)") }
    }

    func changed(_ change: GroupChange) { changed.withLock { $0.append(change) } }

    /// Runs the processor while `body` acts, then finishes it.
    func whileRunning(_ body: (Subject) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await self.box.run(self) }
            do { try await body(self) } catch {
                control.stop()
                control.cancelAll()
                throw error
            }
            control.finish()
            try await group.waitForAll()
        }
    }

    func run() async { await box.run(self) }
}

/// What can be done to a processor of any type.
protocol Controls: Sendable {
    func finish()
    func stop()
    func pause(_ group: String?)
    func resume(_ group: String?)
    func cancel(_ id: JobID) -> Bool
    func cancelAll()
    func retry(_ id: JobID) -> Bool
    func retryAll() -> Int
    func setLimit(_ limit: Int)
    func setPriority(_ priority: Priority, of id: JobID) -> Bool
    var statistics: Statistics { get }
    var pauses: [Pause] { get }
}

extension BatchProcessor: Controls {}

/// Always the middle: no jitter.
struct FixedRandom: RandomNumberGenerator, Sendable {
    mutating func next() -> UInt64 { 1 << 63 }
}
