// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Waiting for a child's end without waiting for ever.
enum Reaping {
    /// How the process ended; nil when it has not in time (or is not ours). A negative number: one of that process group.
    static func wait(for pid: pid_t, milliseconds: UInt64) -> linux_exit? {
        var how = linux_exit()
        switch linux_reap(pid, false, &how) {
        case 0: break
        case let reaped: return reaped > 0 ? how : nil
        }
        if pid < 0 { return waitForMember(of: pid, milliseconds: milliseconds) }
        let watch = linux_pidfd_open(pid)
        guard watch >= 0 else { return nil }
        defer { close(watch) }
        var state = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
        var ready: Int32
        repeat { ready = poll(&state, 1, Int32(clamping: milliseconds)) } while ready < 0 && errno == EINTR
        return linux_reap(pid, false, &how) == pid ? how : nil
    }

    private static func waitForMember(of group: pid_t, milliseconds: UInt64) -> linux_exit? {
        var how = linux_exit()
        for _ in 0..<milliseconds {
            // No descriptor stands for a group's end.
            poll(nil, 0, 1)
            let reaped = linux_reap(group, false, &how)
            if reaped != 0 { return reaped > 0 ? how : nil }
        }
        return nil
    }

    /// Waits for every member of a process group that has been killed; gives up on those that do not die.
    static func waitForGroup(_ leader: pid_t, milliseconds: Int) {
        var how = linux_exit()
        var left = milliseconds
        while left > 0 {
            switch linux_reap(-leader, false, &how) {
            case 0:
                poll(nil, 0, 1)
                left -= 1
            case let pid where pid > 0: continue
            default: return
            }
        }
    }
}
