// SPDX-License-Identifier: Apache-2.0
package import Glibc
package import SystemPackage

/// An open file that closes itself. A reference, so that it can cross tasks.
package final class Descriptor: Sendable {
    package let raw: Int32

    /// Takes over a descriptor that is open.
    package init(owning raw: Int32) { self.raw = raw }

    deinit { close(raw) }
}

extension Descriptor {
    /// Opens with O_CLOEXEC added. Relative to `directory` or the working directory.
    /// - Throws: `SystemError`.
    package static func open(
        _ path: FilePath, in directory: Int32 = AT_FDCWD, _ flags: Int32, mode: mode_t = 0o600
    ) throws -> Descriptor {
        var raw: Int32
        repeat { raw = path.withPlatformString { openat(directory, $0, flags | O_CLOEXEC, mode) } } while raw < 0 && errno == EINTR
        guard raw >= 0 else { throw SystemError(flags & O_CREAT != 0 ? "create" : "open", path) }
        return Descriptor(owning: raw)
    }

    /// Writes all of `bytes`, whatever short writes come.
    package func write(_ bytes: UnsafeRawBufferPointer, path: FilePath) throws {
        var done = 0
        while done < bytes.count {
            let n = Glibc.write(raw, bytes.baseAddress! + done, bytes.count - done)
            if n < 0 {
                if errno == EINTR { continue }
                throw SystemError("write", path)
            }
            done += n
        }
    }

    /// Reads from `offset` until `count` bytes or the end of the file.
    package func read(_ count: Int, at offset: Int = 0, path: FilePath) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            while filled < count {
                let n = pread(raw, room.baseAddress! + filled, count - filled, off_t(offset + filled))
                if n < 0 {
                    if errno == EINTR { continue }
                    throw SystemError("read", path)
                }
                if n == 0 { break }
                filled += n
            }
        }
    }

    package func sync(path: FilePath) throws {
        guard fsync(raw) == 0 else { throw SystemError("make durable", path) }
    }
}
