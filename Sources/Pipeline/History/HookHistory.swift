// SPDX-License-Identifier: Apache-2.0
package import Control
import Glibc
import Hooks
import Ledger
package import SystemPackage

/// How hooks fared, as the history of a state folder knows it without a daemon.
package struct HookHistory {
    private let state: FilePath
    private let hooks: [String]

    package init(state: FilePath, hooks: [String]) {
        self.state = state
        self.hooks = hooks
    }

    package func reports() throws -> [HookReport] {
        let file = state.appending("ledger.sqlite")
        guard file.withPlatformString({ access($0, R_OK | W_OK) }) == 0 else { return [] }
        let ledger = try Ledger(at: file)
        return try hooks.map { name in
            var state = HookState(name: name)
            state.backlog = try ledger.backlog(ofHook: name)
            state.givenUp = try ledger.givenUp(ofHook: name)
            state.standing = try ledger.standing(ofHook: name)
            return HookReport(state)
        }
    }
}
