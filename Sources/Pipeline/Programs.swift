// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import SystemPackage

/// Where the other programs are: beside this one, in `../libexec/intray`, or where a variable says.
package enum Programs {
    package static func worker() throws -> FilePath { try find("intray-worker", variable: "INTRAY_WORKER") }
    package static func watcher() throws -> FilePath { try find("intray-watcher", variable: "INTRAY_WATCHER") }

    private static func find(_ name: String, variable: String) throws -> FilePath {
        if let set = getenv(variable) { return FilePath(platformString: set) }
        var room = [CChar](repeating: 0, count: 4_096)
        let length = readlink("/proc/self/exe", &room, room.count - 1)
        let own = FilePath(platformString: room).removingLastComponent()
        if length > 0 {
            for place in [own.appending(name), own.removingLastComponent().appending("libexec/intray/\(name)")] {
                if place.withPlatformString({ access($0, X_OK) }) == 0 { return place }
            }
        }
        throw ProgramError(.refused, "cannot find \"\(name)\": it is not beside \(own.quoted); install it there or set \(variable)")
    }
}
