// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol

/// Worker processes behind one call: `convert` waits for a free one, hands the document over and brings the reply back.
///
/// Cancelling the task that awaits `convert` kills the worker of that document and throws `cancelled`.
public final class WorkerPool: ConversionEngine, Sendable {
    private let configuration: WorkerConfiguration

    public init(configuration: WorkerConfiguration) {
        self.configuration = configuration
    }

    /// Starts the nurseries and returns when all of them are ready.
    /// - Throws: `ConversionError` with `workerUnavailable`: no such program, not ours, of another version.
    public func start() async throws {
        throw ConversionError(.workerUnavailable, "cannot start \"\(configuration.program)\": not built yet")
    }

    public func convert(
        _ request: ConversionRequest, input: ConversionInput, into receiver: any ReplyReceiver
    ) async throws -> ConversionReply {
        throw ConversionError(.workerUnavailable, "cannot start \"\(configuration.program)\": not built yet")
    }

    /// Changes the number of workers; those too many end after their document.
    public func setCount(_ count: Int) {}

    /// Kills what runs, ends every process and waits for it. More than once is fine.
    public func stop() async {}

    public var counters: WorkerCounters { WorkerCounters() }
}
