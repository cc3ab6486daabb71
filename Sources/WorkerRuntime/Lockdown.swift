// SPDX-License-Identifier: Apache-2.0
import CWorker
package import ConversionProtocol
import Glibc

/// A worker that could not give up what it must not have. Nothing is converted then.
package struct LockdownError: Error, CustomStringConvertible {
    var what: String
    var errno: Int32
    var status = WorkerExitStatus.notLocked

    package init(_ what: String, status: Int32 = WorkerExitStatus.notLocked) {
        self.what = what
        self.status = status
        errno = Glibc.errno
    }

    package var description: String { "cannot \(what): \(String(cString: strerror(errno)))" }
}

/// What a worker gives up, in this order: first what the program never needs, then, after warming up, files, network and
/// most system calls (`Sandbox`), then in each child what the nursery still had.
package enum Lockdown {
    /// The nursery's part, before anything is loaded. Returns the daemon's process id.
    ///
    /// As root the process becomes the user it is told first: that clears the parent-death signal, so it must come before it.
    package static func begin(as user: WorkerUser?) throws(LockdownError) -> Int32 {
        let parent = worker_socket_maker(WorkerDescriptor.control)
        guard parent > 0 else { throw LockdownError("serve: this program is started by intray", status: WorkerExitStatus.usage) }
        try renounceRoot(for: user)
        try check(worker_die_with_parent(), "ask for the parent-death signal")
        guard getppid() == parent else { _exit(0) }
        try check(worker_close_from(WorkerDescriptor.documents + 1), "close descriptors")
        try check(worker_no_new_privileges(), "renounce privileges")
        try check(worker_not_dumpable(), "become undumpable")
        let limits: [(Int32, UInt64, String)] = [
            (worker_core, 0, "core files"), (worker_file_size, 0, "file size"), (worker_descriptors, 16, "descriptors"),
            (worker_locked, 0, "locked memory"), (worker_queues, 0, "message queues"), (worker_stack, 8 << 20, "the stack"),
        ]
        for (resource, most, name) in limits { try check(worker_limit(resource, most, most), "limit \(name)") }
        umask(0o777)
        try check(chdir("/"), "leave the working directory")
        try check(worker_exit_when_input_shrinks(WorkerExitStatus.inputChanged), "handle SIGBUS")
        return parent
    }

    /// Leaves no way back to root, and no capability whoever starts this process may have been given.
    private static func renounceRoot(for user: WorkerUser?) throws(LockdownError) {
        if getuid() == 0 || geteuid() == 0 {
            guard let user, user.id != 0, user.group != 0 else {
                errno = EINVAL
                throw LockdownError("serve as root: no other user was named")
            }
            try check(worker_become(user.id, user.group), "become user \(user)")
            guard setuid(0) != 0, setgid(0) != 0 else { throw LockdownError("renounce root: the way back is open") }
        }
        try check(worker_drop_capabilities(), "drop capabilities")
    }

    /// The child's part: it still dies with the daemon, and has neither sockets nor the right to make processes.
    package static func child(parent: Int32) throws(LockdownError) {
        try check(worker_die_with_parent(), "ask for the parent-death signal")
        guard getppid() == parent else { _exit(0) }
        close(WorkerDescriptor.control)
        close(WorkerDescriptor.documents)
        try check(worker_limit(worker_processes, 0, 0), "limit processes")
    }

    /// What one document may use. A child that converts nothing else may not raise it again.
    package static func limits(_ limits: ConversionLimits, input: UInt64, isOnly: Bool) throws(LockdownError) {
        let space = limits.addressSpaceBytes.addingReportingOverflow(input)
        let most = space.overflow ? UInt64.max : space.partialValue
        let forEver = UInt64(bitPattern: -1)
        try check(worker_limit(worker_space, most, isOnly ? most : forEver), "limit the address space")
        if isOnly {
            let seconds = limits.cpuMilliseconds / 1_000 + 1
            try check(worker_limit(worker_time, seconds, seconds + 1), "limit the processor time")
        }
        try check(worker_cpu_alarm(limits.cpuMilliseconds), "set the processor-time alarm")
        worker_exit_when_out_of_memory(WorkerExitStatus.memory)
    }

    private static func check(_ result: Int32, _ what: @autoclosure () -> String) throws(LockdownError) {
        guard result == 0 else { throw LockdownError(what()) }
    }

    /// One line on standard error.
    static func complain(_ text: String) {
        var line = Array("intray-worker: \(text)\n".utf8)
        line.withUnsafeMutableBytes { _ = write(2, $0.baseAddress, $0.count) }
    }
}
