// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Pipeline
import SystemPackage

/// The file that a conversion is written to: aside first, and in its place once something was converted. What was there until
/// then stays.
struct OutputFile {
    private let file: Descriptor
    /// Where what belongs to it goes.
    let folder: FilePath
    private let place: FilePath
    /// nil for what is no regular file: a device or a pipe takes what comes.
    private let aside: FilePath?

    var descriptor: Int32 { file.raw }

    init(_ path: FilePath) throws {
        folder = path.removingLastComponent()
        // The file behind a link is replaced, not the link.
        place = path.resolved()
        var facts = stat()
        let isThere = place.withPlatformString { stat($0, &facts) } == 0
        let isRegular = !isThere || facts.st_mode & S_IFMT == S_IFREG
        aside = isRegular ? place.removingLastComponent().appending(".\(place.lastComponent?.string ?? "").\(getpid()).part") : nil
        let mode = isThere ? facts.st_mode & 0o777 : 0o644
        let raw = (aside ?? place).withPlatformString { open($0, O_WRONLY | O_CLOEXEC | (isRegular ? O_CREAT | O_EXCL : 0), mode) }
        guard raw >= 0 else { throw Self.refusal(path) }
        file = Descriptor(owning: raw)
    }

    /// Puts it in its place.
    func keep() throws {
        guard let aside else { return }
        guard aside.withPlatformString({ from in place.withPlatformString { rename(from, $0) } }) == 0 else {
            let refusal = Self.refusal(place)
            discard()
            throw refusal
        }
    }

    func discard() {
        if let aside { _ = aside.withPlatformString { unlink($0) } }
    }

    private static func refusal(_ path: FilePath) -> ProgramError {
        ProgramError(.unavailable, "cannot write \(path.quoted): \(String(cString: strerror(errno)).lowercased())")
    }
}
