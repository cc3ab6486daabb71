// SPDX-License-Identifier: Apache-2.0
import CWorker
package import ConversionProtocol
import Glibc

/// The kernel's part of the lock: a filter on system calls, and Landlock as a second layer where the kernel has it.
///
/// The filters are in `CWorker/filters.h`, their calls in `CWorker/calls.h`. A worker opens nothing once it is locked: what a
/// library needs from a file is loaded while warming up, so there is no directory that it may read.
package enum Sandbox {
    /// Which process is about to read documents.
    package enum Room {
        /// One document after the other: may no longer fork.
        case batch
        /// About to read one that a stranger wrote: may use its memory and write its reply.
        case document
    }

    /// The nursery's part, after warming up and before its first request: it may still fork, receive descriptors and set
    /// a child's limits.
    package static func closeNursery() throws(LockdownError) -> WorkerLock {
        let landlock = worker_landlock()
        guard landlock >= 0 else { throw LockdownError("restrict itself by Landlock") }
        guard worker_filter_nursery() == 0 else { throw LockdownError("filter its system calls") }
        if let hole = probes.first(where: { !$0.isRefused }) { throw LockdownError("lock itself: \(hole.name) still works") }
        return WorkerLock(isFiltered: true, landlock: Int(landlock))
    }

    /// The rest, after the process has received its descriptors and before it looks at a byte.
    package static func close(_ room: Room) throws(LockdownError) {
        switch room {
        case .batch: guard worker_filter_batch() == 0 else { throw LockdownError("give up making processes") }
        case .document: guard worker_filter_document() == 0 else { throw LockdownError("give up orders and limits") }
        }
    }

    /// What is tried in vain once the lock is on.
    struct Probe {
        let name: String
        let isRefused: Bool
    }

    static var probes: [Probe] {
        [
            Probe(name: "opening a file", isRefused: refused(open("/", O_RDONLY | O_CLOEXEC))),
            Probe(name: "opening its own memory map", isRefused: refused(open("/proc/self/maps", O_RDONLY | O_CLOEXEC))),
            Probe(name: "making a file", isRefused: refused(open("/tmp/.intray-probe", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0))),
            Probe(name: "looking at a path", isRefused: access("/", F_OK) != 0),
            Probe(name: "opening a Unix socket", isRefused: refused(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))),
            Probe(name: "opening an internet socket", isRefused: refused(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))),
        ]
    }

    private static func refused(_ descriptor: Int32) -> Bool {
        guard descriptor >= 0 else { return true }
        Glibc.close(descriptor)
        return false
    }
}
