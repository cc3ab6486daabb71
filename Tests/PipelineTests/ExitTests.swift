// SPDX-License-Identifier: Apache-2.0
import Pipeline
import Testing

@Suite("Exit codes")
struct ExitTests {
    @Test("a sweep's ending says the worst of what happened")
    func worst() {
        var summary = Sweep.Summary()
        #expect(summary.exit == .fine)
        summary.failed = 1
        #expect(summary.exit == .failures)
        summary.unsettled = 1
        #expect(summary.exit == .incomplete)
        summary.stoppedBy = "main: no space"
        #expect(summary.exit == .environment)
    }
}
