// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import Pipeline
import SystemPackage

/// A document that is piped in: kept in a file without a name, since readers look at documents from several ends.
enum StandardInput {
    /// What a document is called that comes without a name.
    static let name = FilePath("document")

    /// All of standard input, in a file that only this process has, open for reading.
    /// - Throws: `ConversionError` for more than a document may have; `SystemError`.
    static func kept() throws -> Descriptor {
        let folder = FilePath(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")
        let file = try nameless(in: folder)
        let most = ConversionLimits().inputBytes
        var (kept, room) = (UInt64(0), [UInt8](repeating: 0, count: 256 << 10))
        while true {
            let count = read(0, &room, room.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read", "standard input") }
            if count == 0 { break }
            kept += UInt64(count)
            guard kept <= most else { throw ConversionError(.inputLimit, "the document has more than \(most) bytes") }
            try room.withUnsafeBytes { try file.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), path: folder) }
        }
        if kept == 0 { throw ConversionError(.empty, "nothing came") }
        defer { withExtendedLifetime(file) {} }
        // Whoever parses it has it for reading only.
        return try Descriptor.open(FilePath("/proc/self/fd/\(file.raw)"), O_RDONLY)
    }

    private static func nameless(in folder: FilePath) throws -> Descriptor {
        var path = folder.appending("intray.XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
        let raw = mkstemp(&path)
        guard raw >= 0 else { throw SystemError("make a file in", folder) }
        _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
        unlink(path)
        return Descriptor(owning: raw)
    }
}
