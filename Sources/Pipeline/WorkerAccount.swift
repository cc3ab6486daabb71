// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
import FileAccess
import Glibc

/// Whom workers become when intray is root's: a user that somebody named, and never root.
package enum WorkerAccount {
    /// Takes the place of a setting that says nothing.
    package static var named: String? { getenv("INTRAY_WORKER_USER").map { String(cString: $0) } }

    /// Nothing to decide where this process is not root's.
    /// - Throws: `ProgramError`, a refusal: no user is named, there is none of that name, or it is root.
    package static func user(named setting: String?) throws(ProgramError) -> WorkerUser {
        try user(named: setting ?? named, isRoot: geteuid() == 0 || getuid() == 0)
    }

    package static func user(named name: String?, isRoot: Bool) throws(ProgramError) -> WorkerUser {
        guard isRoot else { return .nobody }
        guard let name, !name.isEmpty else {
            throw ProgramError(
                .refused, "cannot run as root: documents of strangers would be read with root's rights; run it as a user of its own, or say whom workers become (workers: {user: nobody}, or --user nobody)")
        }
        guard let found = find(name) else {
            throw ProgramError(.refused, "cannot make workers \"\(PlainStrings.clean(name))\": there is no such user; name one that is")
        }
        guard found.id != 0, found.group != 0 else {
            throw ProgramError(.refused, "cannot make workers \"\(PlainStrings.clean(name))\": that is root, or in root's group; name a user without rights, such as nobody")
        }
        return found
    }

    /// By name, or by number when no name is that number.
    private static func find(_ name: String) -> WorkerUser? {
        var entry = passwd()
        var result: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 << 10) { room in
            guard let start = room.baseAddress else { return nil }
            if getpwnam_r(name, &entry, start, room.count, &result) == 0, result != nil { return WorkerUser(id: entry.pw_uid, group: entry.pw_gid) }
            guard let number = UInt32(name) else { return nil }
            if getpwuid_r(number, &entry, start, room.count, &result) == 0, result != nil { return WorkerUser(id: entry.pw_uid, group: entry.pw_gid) }
            return nil
        }
    }
}
