// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
package import Settings
import SystemPackage

/// All workers at their memory limit against what this service may use. The limit is of address space, of which little is
/// used as a rule: what does not fit is a warning, not a refusal.
package struct MemoryBudget: Sendable, Equatable {
    package var workers: Int
    /// The largest `limits.memory` of a route, bytes.
    package var each: UInt64
    /// The least of the control groups' bounds, this process' own (RLIMIT_AS, which workers inherit) and the machine's memory.
    package var most: UInt64?

    package init(workers: Int, each: UInt64, most: UInt64?) {
        self.workers = workers
        self.each = each
        self.most = most
    }

    package init(_ configuration: Settings.Configuration) {
        self.init(workers: configuration.workerCount, each: configuration.routes.map(\.limits.addressSpaceBytes).max() ?? 0, most: Self.bound)
    }

    package var fits: Bool {
        guard let most else { return true }
        let (wanted, isOver) = each.multipliedReportingOverflow(by: UInt64(max(0, workers)))
        return !isOver && wanted <= most
    }

    /// For the log; nil when all is well.
    package var warning: String? {
        guard !fits, let most else { return nil }
        return "\(workers) workers may use \(each >> 20) MiB each, and all together have \(most >> 20) MiB; set fewer workers or a smaller limits.memory if documents are large"
    }

    private static var bound: UInt64? {
        var bounds = groups.compactMap(number)
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        if pages > 0 { bounds.append(UInt64(pages) * UInt64(sysconf(Int32(_SC_PAGESIZE)))) }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_max < UInt64(Int64.max) { bounds.append(UInt64(limit.rlim_max)) }
        return bounds.min()
    }

    /// The files that bound this process' control groups, of version 2 (`0::/path`) and 1 (`4:memory:/path`).
    private static var groups: [FilePath] {
        var files: [FilePath] = []
        for line in text("/proc/self/cgroup").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let isSecond = parts[1].isEmpty
            guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
            let top = FilePath(isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory")
            var group = top.appending(FilePath(String(parts[2])).components)
            while group.starts(with: top) {
                files.append(group.appending(isSecond ? "memory.max" : "memory.limit_in_bytes"))
                if !group.removeLastComponent() { break }
            }
        }
        return files
    }

    /// nil where there is no such file, or it says "max".
    private static func number(_ path: FilePath) -> UInt64? { UInt64(text(path).filter { !$0.isWhitespace }) }

    private static func text(_ path: FilePath) -> String {
        guard let file = try? Descriptor.open(path, O_RDONLY), let bytes = try? file.read(4_096, path: path) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
