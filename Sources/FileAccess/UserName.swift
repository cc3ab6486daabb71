// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Users as people know them.
package enum UserName {
    /// Whose rights this process has.
    package static var own: String { of(geteuid()) }

    /// The name; the number where none is known.
    package static func of(_ number: UInt32) -> String {
        var entry = passwd()
        var result: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 << 10) { room in
            guard let start = room.baseAddress, getpwuid_r(number, &entry, start, room.count, &result) == 0, result != nil, let name = entry.pw_name else { return "\(number)" }
            return String(cString: name)
        }
    }
}
