// SPDX-License-Identifier: Apache-2.0

/// What holds a worker in beside its limits, as it says itself before its first document.
public struct WorkerLock: Sendable, Hashable, CustomStringConvertible {
    /// A filter on system calls (seccomp) is in force.
    public var isFiltered: Bool
    /// The version of Landlock in force; 0 where the kernel has none.
    public var landlock: Int

    public init(isFiltered: Bool, landlock: Int) {
        self.isFiltered = isFiltered
        self.landlock = landlock
    }

    /// What a worker tries in vain once it is locked, before its first word; when one of them works it converts nothing.
    public enum Probe: String, CaseIterable, Sendable {
        case openFile = "opening a file", openMemory = "opening its own memory", makeFile = "making a file", lookAtPath = "looking at a path"
        case unixSocket = "a Unix socket", internetSocket = "an internet socket"
    }

    public static let open = WorkerLock(isFiltered: false, landlock: 0)

    public var description: String {
        guard isFiltered else { return "off" }
        return landlock > 0 ? "seccomp, Landlock \(landlock)" : "seccomp, no Landlock"
    }

    var wire: UInt32 { (isFiltered ? 1 << 31 : 0) | UInt32(clamping: landlock) & 0xFFFF }

    init(wire: UInt32) {
        isFiltered = wire >> 31 == 1
        landlock = Int(wire & 0xFFFF)
    }
}
