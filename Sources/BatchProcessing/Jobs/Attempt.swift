// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// One try of one job, as the code that does the work sees it.
public struct Attempt<Payload: Sendable>: Sendable {
    public let job: BatchJob<Payload>
    /// 1 for the first; attempts of earlier runs count, reading again and environment errors do not.
    public let number: Int
    /// The last try after a crash or an overrun, which is to run in a fresh process (a pool that isolates documents always does).
    public let isAlone: Bool
    let stopSign: StopSign

    public var payload: Payload { job.payload }
    /// Whether somebody cancelled the job or it ran out of time. Closures on threads look here; tasks are cancelled as well.
    public var isCancelled: Bool { stopSign.isRaised }
}

/// A flag that goes up once.
final class StopSign: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }
    func raise() { raised.store(true, ordering: .relaxed) }
}
