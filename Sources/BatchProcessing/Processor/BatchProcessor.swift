// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Synchronization

/// Runs jobs from a bounded queue: by priority, with retries, timeouts, pauses and one result path, whatever the execution.
///
///     submit ──▶ queue ──▶ execution ──▶ receiver
///        ▲         ▲           │
///        └─ room ──┴── retry ──┘
///
/// What it decides, it decides in `BatchState`; here are the tasks, continuations and timers that follow from it.
/// Costs about 1 KB per job held and some microseconds per job that runs.
public final class BatchProcessor<Payload: Sendable, Output: Sendable>: Sendable {
    public typealias Job = BatchJob<Payload>
    public typealias Result = BatchResult<Payload, Output>

    let execution: Execution<Payload, Output>
    let probe: (@Sendable (String) async -> Bool)?
    let clock: any BatchClock
    let desk: Mutex<Desk>

    public convenience init(_ execution: Execution<Payload, Output>, settings: BatchSettings = .init()) {
        self.init(execution, settings: settings, clock: MonotonicBatchClock(), random: SystemRandomNumberGenerator())
    }

    init(
        _ execution: Execution<Payload, Output>, settings: BatchSettings, clock: any BatchClock,
        random: some RandomNumberGenerator & Sendable
    ) {
        self.execution = execution
        self.clock = clock
        probe = settings.probe
        desk = Mutex(Desk(state: BatchState(rules: BatchRules(settings), limits: execution.limits, random: random)))
    }

    /// Tells the state what happened and carries out what it decides.
    func send(_ input: BatchState.Input) {
        let effects = desk.withLock { $0.handle(input, now: clock.now) }
        effects.perform()
    }
}
