// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import Workers

/// How the jobs of a processor run. Whatever it is, they are queued, retried, paused, cancelled and reported the same way.
///
/// | execution  | for                                            | at once        | an overrun is |
/// |------------|------------------------------------------------|----------------|---------------|
/// | `.async`   | waiting: fetching, copying                     | 16             | cancelled     |
/// | `.threads` | blocking calls                                 | given          | abandoned     |
/// | `.workers` | parsing: CPU, memory, input of strangers       | a core each    | killed        |
/// | `.hybrid`  | reads that feed workers, writes that follow    | see the limits | killed        |
public struct Execution<Payload: Sendable, Output: Sendable>: Sendable {
    var limits: PhaseLimits
    let body: @Sendable (Attempt<Payload>, Turn) async throws -> Output
    let limitChanged: @Sendable (Int) -> Void

    /// Closures that wait more than they compute; no process, no thread of their own. Must not block.
    public static func async(
        limit: Int = 16, _ body: @escaping @Sendable (Attempt<Payload>) async throws -> Output
    ) -> Execution {
        Execution(limits: .work(limit), body: { attempt, _ in try await body(attempt) }, limitChanged: { _ in })
    }

    /// Closures that block, each on a thread of ours. One that overruns is left to itself, and its thread replaced.
    public static func threads(
        limit: Int, _ body: @escaping @Sendable (Attempt<Payload>) throws -> Output
    ) -> Execution {
        let crew = ThreadCrew()
        return Execution(limits: .work(limit), body: { attempt, _ in try await crew.run { try body(attempt) } }, limitChanged: { _ in })
    }
}

extension Execution where Payload == Conversion, Output == ConversionReply {
    /// Documents handed to `engine`, most often a `WorkerPool`, whose number of workers then follows `setLimit`.
    public static func workers(_ engine: any ConversionEngine, limit: Int) -> Execution {
        Execution(limits: .work(limit), body: { attempt, _ in
            let conversion = attempt.payload
            return try await engine.convert(conversion.request, input: conversion.input, into: conversion.receiver)
        }, limitChanged: { (engine as? WorkerPool)?.setCount($0) })
    }
}

extension Execution {
    /// Asynchronous reads that feed `engine`, asynchronous writes behind it. Reads, conversions and writes of different jobs overlap.
    public static func hybrid<Stages: HybridStages>(
        _ stages: Stages, engine: any ConversionEngine, limits: HybridLimits
    ) -> Execution where Stages.Payload == Payload, Stages.Output == Output {
        Execution(
            limits: PhaseLimits(read: limits.read, work: limits.work, write: limits.write, spare: limits.spare),
            body: { attempt, turn in
                let prepared = try await stages.read(attempt)
                do {
                    if case .finished(let output) = prepared { return output }
                    guard case .convert(let conversion) = prepared else { throw CancellationError() }
                    try await turn.work()
                    let reply = try await engine.convert(conversion.request, input: conversion.input, into: conversion.receiver)
                    try await turn.write()
                    return try await stages.write(attempt, conversion, reply)
                } catch {
                    await stages.drop(attempt, prepared, error)
                    throw error
                }
            },
            limitChanged: { (engine as? WorkerPool)?.setCount($0 + limits.spare) })
    }
}

/// How many jobs of a `.hybrid` execution are in each phase at once.
public struct HybridLimits: Sendable, Hashable {
    /// Being read, or read and waiting for a worker.
    public var read: Int
    /// With a worker.
    public var work: Int
    /// Being written; a worker is free again before its job's write begins, so writes may be gathered into large groups.
    public var write: Int
    /// Places above `read` and `work` for groups that have no job underway, so that a backlog of slow documents in one
    /// group leaves the others a worker each, up to so many. The engine needs `work + spare` places.
    public var spare: Int

    public init(read: Int? = nil, work: Int, write: Int = 128, spare: Int = 0) {
        self.read = read ?? max(8, 2 * work)
        self.work = work
        self.write = write
        self.spare = spare
    }
}

/// The limits of the phases that an execution has.
struct PhaseLimits: Sendable, Hashable {
    var read: Int?
    var work: Int
    var write: Int?
    var spare = 0

    static func work(_ limit: Int) -> PhaseLimits { PhaseLimits(read: nil, work: limit, write: nil) }
}
