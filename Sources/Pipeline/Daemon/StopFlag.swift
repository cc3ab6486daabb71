// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Raised once, when the program ends: no route waits for anything any more, retired ones neither.
final class StopFlag: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }
    func raise() { raised.store(true, ordering: .relaxed) }
}
