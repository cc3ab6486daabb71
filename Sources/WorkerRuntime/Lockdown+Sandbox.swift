// SPDX-License-Identifier: Apache-2.0
import CWorker
package import ConversionProtocol
import Glibc

/// The kernel's part of the lock: a filter on system calls, and Landlock as a second layer where the kernel has it.
///
/// The filters are in `CWorker/filters.h`, their calls in `CWorker/calls.h`. A worker opens nothing once it is locked: what a
/// library needs from a file is loaded while warming up.
package enum Sandbox {
    /// Directories that a locked worker may read, each with the library that needs it: none. PDFium's character maps, the
    /// charsets' tables and the XML parser are compiled in or loaded before the lock, so Landlock gets no exception and the
    /// filter knows no open. Whoever needs an entry here adds both, and the test that holds this list empty.
    package static let dataDirectories: [String] = []

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
        if let hole = WorkerLock.Probe.allCases.first(where: { !isRefused($0) }) { throw LockdownError("lock itself: \(hole.rawValue) still works") }
        return WorkerLock(isFiltered: true, landlock: Int(landlock))
    }

    /// The rest, after the process has received its descriptors and before it looks at a byte.
    package static func close(_ room: Room) throws(LockdownError) {
        switch room {
        case .batch: guard worker_filter_batch() == 0 else { throw LockdownError("give up making processes") }
        case .document: guard worker_filter_document() == 0 else { throw LockdownError("give up orders and limits") }
        }
    }

    private static func isRefused(_ probe: WorkerLock.Probe) -> Bool {
        switch probe {
        case .openFile: refused(open("/", O_RDONLY | O_CLOEXEC))
        case .openMemory: refused(open("/proc/self/maps", O_RDONLY | O_CLOEXEC))
        case .makeFile: refused(open("/tmp/.intray-probe", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0))
        case .lookAtPath: access("/", F_OK) != 0
        case .unixSocket: refused(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        case .internetSocket: refused(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        }
    }

    private static func refused(_ descriptor: Int32) -> Bool {
        guard descriptor >= 0 else { return true }
        Glibc.close(descriptor)
        return false
    }
}
