// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// For tests: stops the process, as a power cut would, at one step of a file's life.
///
/// `INTRAY_CRASH_AT=publish.after` dies at the first passing, `publish.after:3` at the third. Without the variable
/// a point costs one comparison.
package final class CrashPoints: Sendable {
    package enum Point: String, Sendable, CaseIterable {
        case claimFolder = "claim.folder", claimRecord = "claim.record", claimBefore = "claim.before", claimAfter = "claim.after"
        case attempt, staged, planBefore = "plan.before", planAfter = "plan.after", durable
        case publishAssets = "publish.assets", publishDocument = "publish.document", publishAfter = "publish.after"
        case disposeBefore = "dispose.before", disposeAfter = "dispose.after"
        case quarantineRecord = "quarantine.record", quarantineReport = "quarantine.report", quarantineMoved = "quarantine.moved"
        case announceBefore = "announce.before", announceAfter = "announce.after", finishAfter = "finish.after"
    }

    package static let none = CrashPoints(nil)

    private let point: Point?
    private let left: Atomic<Int>

    private init(_ point: Point?, passing: Int = 1) {
        self.point = point
        left = Atomic(passing)
    }

    package static func fromEnvironment() -> CrashPoints {
        guard let text = getenv("INTRAY_CRASH_AT").map({ String(cString: $0) }) else { return none }
        let parts = text.split(separator: ":")
        guard let point = parts.first.flatMap({ Point(rawValue: String($0)) }) else { return none }
        return CrashPoints(point, passing: parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }

    package func pass(_ point: Point) {
        guard point == self.point else { return }
        if left.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { _exit(137) }
    }
}
