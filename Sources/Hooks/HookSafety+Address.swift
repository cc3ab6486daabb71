// SPDX-License-Identifier: Apache-2.0
import Glibc
import Settings
import SystemPackage
import FileAccess

extension HookSafety {
    /// A hook of kind `http` needs curl, and secrets that are secret.
    static func checkAddress(_ hook: HookSettings, _ folders: [(name: String, path: FilePath)]) throws {
        func refuse(_ reason: String, _ remedy: String) -> HookRefusal {
            HookRefusal(description: "cannot use hook \"\(hook.name)\": \(reason); \(remedy)")
        }
        if WebRequest.program == nil { throw refuse("there is no curl in /usr/bin", "apt-get install curl") }
        for file in [hook.secretFile, hook.bearerFile].compactMap(\.self) {
            var s = stat()
            guard file.withPlatformString({ stat($0, &s) }) == 0 else { throw refuse("\(file.quoted) is not there", "write the secret there, for the daemon's user alone") }
            guard s.st_mode & 0o006 == 0 else { throw refuse("\(file.quoted) can be read or written by everybody", "chmod o-rw \(file.quoted)") }
            for folder in folders where file.starts(with: folder.path) {
                throw refuse("\(file.quoted) lies inside the \(folder.name), where documents come and go", "put it elsewhere")
            }
        }
        do {
            _ = try hook.secretFile.map(WebRequest.key)
            _ = try hook.bearerFile.map(WebRequest.token)
        } catch { throw HookRefusal(description: "cannot use hook \"\(hook.name)\": \(error)") }
        if let file = hook.certificatesFile, file.withPlatformString({ access($0, R_OK) }) != 0 {
            throw refuse("\(file.quoted) cannot be read", "put the certificates there")
        }
    }
}
