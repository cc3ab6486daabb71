// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Synchronization

extension BatchProcessor {
    /// Runs until `finish` or `stop` was called and every job has ended. Cancelling the task stops at once: running jobs are
    /// cancelled, and all others end as interrupted. Call it once.
    public func run(reportingTo receiver: some BatchReceiver<Payload, Output>) async {
        var timer: Task<Void, Never>?
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { tasks in
                while true {
                    for order in await nextOrders() {
                        switch order {
                        case .start(let key, let job, let start):
                            tasks.addTask { await self.perform(key, job, start, receiver) }
                        case .tell(let key, let job, let news):
                            tasks.addTask { await self.tell(key, self.attempt(job, nil), news, nil, receiver) }
                        case .changed(let change): receiver.changed(change)
                        case .probe(let group):
                            tasks.addTask { self.send(.probed(group, isOver: await self.probe?(group) ?? true)) }
                        case .wake(let due):
                            timer?.cancel()
                            timer = wakeUp(at: due)
                        case .drained: return
                        }
                    }
                }
            }
        } onCancel: {
            send(.interrupt)
        }
        timer?.cancel()
        await timer?.value
    }

    /// The same with a closure for the results.
    public func run(_ ended: @escaping @Sendable (Result) async -> Void) async {
        await run(reportingTo: ResultClosure(take: ended))
    }

    private func nextOrders() async -> [Desk.Order] {
        await withCheckedContinuation { continuation in
            let isWaiting = desk.withLock { desk in
                guard desk.orders.isEmpty else { return false }
                desk.loop = continuation
                return true
            }
            if !isWaiting { continuation.resume() }
        }
        return desk.withLock { desk in
            defer { desk.orders.removeAll(keepingCapacity: true) }
            return desk.orders
        }
    }

    /// One attempt, from its start until the receiver knows its end.
    private func perform(_ key: JobKey, _ job: HeldJob, _ start: Desk.Start, _ receiver: some BatchReceiver<Payload, Output>) async {
        let attempt = attempt(job, start)
        let product = Product<Output>()
        let news = await withCheckedContinuation { (end: CheckedContinuation<Desk.News?, Never>) in
            let isWanted = desk.withLock { desk in
                guard let running = desk.running(key, start.run) else { return false }
                running.end = end
                return true
            }
            guard isWanted else { return end.resume(returning: nil) }
            // A task of its own, because a single job can be cancelled, and one that does not listen can be left behind.
            let task = Task { await self.execute(key, start.run, attempt, product) }
            desk.withLock { $0.running(key, start.run)?.task = task }
            if attempt.isCancelled { task.cancel() }
        }
        if let news { await tell(key, attempt, news, product, receiver) }
    }

    private func attempt(_ job: HeldJob, _ start: Desk.Start?) -> Attempt<Payload> {
        // `submit` made it, of this very type.
        let job = unsafeDowncast(job, to: HeldJobOf<Payload>.self).job
        return Attempt(
            job: job, number: start?.number ?? 0, isAlone: start?.isAlone ?? false, stopSign: start?.stopSign ?? StopSign())
    }

    private func execute(_ key: JobKey, _ run: Int, _ attempt: Attempt<Payload>, _ product: Product<Output>) async {
        do {
            product.output = try await execution.body(attempt, turn(key, run))
            send(.ended(key, run: run, nil))
        } catch {
            send(.ended(key, run: run, ConversionError(error)))
        }
    }

    private func tell(
        _ key: JobKey, _ attempt: Attempt<Payload>, _ news: Desk.News, _ product: Product<Output>?,
        _ receiver: some BatchReceiver<Payload, Output>
    ) async {
        switch news {
        case .ended(let ending):
            if let outcome = outcome(ending.settlement, product) {
                let result = Result(
                    job: attempt.job, outcome: outcome, attempts: ending.attempts, waited: ending.waited, ran: ending.ran)
                await uncancelled { await receiver.ended(result) }
            }
        case .postponed(let error, let delay):
            await uncancelled { await receiver.postponed(attempt, because: error, delay: delay) }
        }
        send(.settled(key))
    }

    private func outcome(_ settlement: BatchState.Settlement, _ product: Product<Output>?) -> Result.Outcome? {
        switch settlement {
        case .done: product?.output.map { .done($0) }
        case .failed(let error): .failed(error)
        case .cancelled: .cancelled
        case .interrupted: .interrupted
        case .postponed: nil
        }
    }

    private func turn(_ key: JobKey, _ run: Int) -> Turn {
        Turn(
            work: { try await self.wait(key, run, for: .wantsWork(key, run: run)) },
            write: { try await self.wait(key, run, for: .wantsWrite(key, run: run)) })
    }

    private func wait(_ key: JobKey, _ run: Int, for request: BatchState.Input) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let effects: Effects? = desk.withLock { desk in
                guard let running = desk.running(key, run), !running.stopSign.isRaised else { return nil }
                running.turn = continuation
                return desk.handle(request, now: clock.now)
            }
            if let effects { effects.perform() } else { continuation.resume(throwing: CancellationError()) }
        }
    }

    private func wakeUp(at due: Instant) -> Task<Void, Never> {
        Task {
            // A wake-up that was called off is not missed: the one in its place looks at everything that is due.
            if (try? await clock.sleep(until: due)) != nil { send(.tick) }
        }
    }
}

/// What an attempt made. Written before its end is reported and read afterwards, with the desk's lock in between.
private final class Product<Output: Sendable>: @unchecked Sendable {
    var output: Output?
}

/// What the receiver does is not broken off by a stop.
private func uncancelled(_ body: @escaping @Sendable () async -> Void) async {
    if Task.isCancelled { await Task { await body() }.value } else { await body() }
}

private struct ResultClosure<Payload: Sendable, Output: Sendable>: BatchReceiver {
    let take: @Sendable (BatchResult<Payload, Output>) async -> Void
    func ended(_ result: BatchResult<Payload, Output>) async { await take(result) }
}
