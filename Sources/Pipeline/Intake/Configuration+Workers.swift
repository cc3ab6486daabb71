// SPDX-License-Identifier: Apache-2.0
import Glibc
package import Settings

extension Settings.Configuration {
    /// Workers at the same time.
    package var workerCount: Int { workers.count > 0 ? workers.count : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Worker processes: the spare ones only where there is another route that could need them.
    package var processCount: Int { processes(for: workerCount) }

    func processes(for workers: Int) -> Int { workers + (routes.count > 1 ? self.workers.spare : 0) }
}
