// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Synchronization

/// One call of `convert` that waits for its worker or has it.
final class Ticket: Sendable {
    typealias Answer = CheckedContinuation<ConversionReply, any Error>

    let request: ConversionRequest
    let input: ConversionInput
    let receiver: any ReplyReceiver
    private let notes: WorkerPool.Notes?
    private let cancelled = Atomic(false)
    private let answer = Mutex<Answer?>(nil)

    init(_ request: ConversionRequest, _ input: ConversionInput, _ receiver: any ReplyReceiver, notes: WorkerPool.Notes?) {
        self.request = request
        self.input = input
        self.receiver = receiver
        self.notes = notes
    }

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }
    func cancel() { cancelled.store(true, ordering: .releasing) }

    func awaits(_ continuation: Answer) { answer.withLock { $0 = continuation } }

    /// Answers once; later answers find nobody.
    func finish(_ result: Result<ConversionReply, any Error>) {
        answer.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }?.resume(with: result)
    }

    func heardErrors(_ bytes: [UInt8]) { notes?(request.job, bytes) }
}
