// SPDX-License-Identifier: Apache-2.0

extension Lockdown {
    /// Which process is being closed.
    enum Room {
        /// Warm and waiting: may still fork and receive descriptors.
        case nursery
        /// About to read what a stranger wrote: may read its memory and write its reply.
        case document
    }

    /// The place of the kernel's sandbox (Landlock, then seccomp). It closes nothing yet: until it does, a worker is held
    /// by what `begin`, `child` and `limits` took away, and the daemon must be run as a user without rights.
    ///
    /// Called in the nursery after warming up and before its first request, and again in the process that will read a
    /// document, after it has received its descriptors and before it looks at a byte.
    static func closeSandbox(_ room: Room) throws(LockdownError) {}
}
