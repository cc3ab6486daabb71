// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Pipeline
import Settings
import SystemPackage
import Testing

@Suite("memory for all workers")
struct MemoryBudgetTests {
    @Test("fits, or is warned of", arguments: [
        (2, 1 << 30, 4 << 30, true), (4, 1 << 30, 4 << 30, true), (5, 1 << 30, 4 << 30, false), (2, .max, 4 << 30, false), (1_000, 1 << 30, nil, true),
    ] as [(Int, UInt64, UInt64?, Bool)])
    func budget(_ workers: Int, _ each: UInt64, _ most: UInt64?, _ fits: Bool) {
        let budget = MemoryBudget(workers: workers, each: each, most: most)
        #expect(budget.fits == fits)
        #expect((budget.warning == nil) == fits)
    }

    @Test("this machine has a bound, and the largest route's limit counts")
    func machine() throws {
        var configuration = Settings.Configuration.standard(root: "/r")
        configuration.routes.append(configuration.routes[0])
        configuration.routes[1].limits.addressSpaceBytes = 1 << 62
        configuration.workers.count = 4
        let budget = MemoryBudget(configuration)
        #expect(budget.most != nil && budget.workers == 4 && budget.each == 1 << 62)
        #expect(budget.warning?.contains("set fewer workers") == true)
    }
}
