// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import Settings
package import SystemPackage

/// Why a hook's program may not be run: whoever can write it, or drop files beside it, would run as we do.
package struct HookRefusal: Error, Sendable, CustomStringConvertible {
    package let description: String
}

package enum HookSafety {
    /// - Throws: `HookRefusal`.
    package static func check(_ hook: HookSettings, folders: [(name: String, path: FilePath)]) throws {
        if hook.kind == .http { return try checkAddress(hook, folders) }
        try check(FilePath(hook.command.first ?? ""), of: "hook \"\(hook.name)\"", folders: folders)
    }

    /// The same for the program that a route asks for passwords, if it has one.
    package static func check(_ route: RouteSettings, folders: [(name: String, path: FilePath)]) throws {
        guard let program = route.passwords.command.first else { return }
        try check(FilePath(program), of: "the passwords of route \"\(route.name)\"", folders: folders)
    }

    private static func check(_ program: FilePath, of owner: String, folders: [(name: String, path: FilePath)]) throws {
        func refuse(_ reason: String, _ remedy: String) -> HookRefusal {
            HookRefusal(description: "cannot use \(owner) with \(program.quoted): \(reason); \(remedy)")
        }
        guard program.isAbsolute else { throw refuse("its path is not absolute", "write it from / on") }
        guard let real = program.withPlatformString({ realpath($0, nil) }) else {
            throw refuse(String(cString: strerror(errno)).lowercased(), "install it there")
        }
        defer { free(real) }
        let resolved = FilePath(platformString: real)
        let identity = try FileIdentity.of(resolved)
        guard identity.isRegular, resolved.withPlatformString({ access($0, X_OK) }) == 0 else {
            throw refuse("it is not an executable file", "chmod +x it")
        }
        for folder in folders where resolved.starts(with: folder.path) || program.starts(with: folder.path) {
            throw refuse("it lies inside the \(folder.name) \(folder.path.quoted), where documents come and go", "put it elsewhere")
        }
        var place = resolved
        while true {
            if let fault = try writer(of: place, isFile: place == resolved) {
                throw refuse("\(place == resolved ? "it" : place.quoted) can be written by \(fault)", "chmod go-w \(place.quoted)")
            }
            if place.lastComponent == nil { return }
            place.removeLastComponent()
        }
    }

    /// Who else can write the file, or put another in its place; nil when nobody can.
    private static func writer(of place: FilePath, isFile: Bool) throws -> String? {
        var s = stat()
        guard place.withPlatformString({ stat($0, &s) }) == 0 else { throw SystemError("inspect", place) }
        // In a folder with the sticky bit others cannot replace what is ours (chmod(2)).
        if !isFile && s.st_mode & mode_t(S_ISVTX) != 0 { return nil }
        if s.st_mode & 0o002 != 0 { return "everybody" }
        if s.st_mode & 0o020 != 0 && s.st_gid != 0 && s.st_gid != getegid() { return "its group" }
        if s.st_uid != 0 && s.st_uid != geteuid() { return "another user" }
        return nil
    }
}
