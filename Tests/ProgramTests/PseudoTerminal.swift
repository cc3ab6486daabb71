// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Synchronization
import SystemPackage

/// A terminal without a screen, and its other end (pty(7)).
final class PseudoTerminal: Sendable {
    let path: FilePath
    /// Of the terminal, for a program's output.
    var descriptor: Int32 { far.raw }
    private let near: Descriptor
    private let far: Descriptor
    private let seen = Mutex("")

    init(columns: UInt16 = 80) throws {
        near = try Descriptor.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard ioctl(near.raw, Self.setLock, &lock) == 0, ioctl(near.raw, Self.getNumber, &number) == 0 else { throw SystemError("open", "a terminal") }
        path = FilePath("/dev/pts/\(number)")
        // Held open, so that what is set stays.
        far = try Descriptor.open(path, O_RDWR | O_NOCTTY)
        var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(far.raw, UInt(TIOCSWINSZ), &size) == 0 else { throw SystemError("size", path) }
    }

    func type(_ text: String) throws { try Array(text.utf8).withUnsafeBytes { try near.write($0, path: path) } }

    /// All that was written to it, and echoed, until now.
    func shown() -> String {
        var room = [UInt8](repeating: 0, count: 64 << 10)
        return seen.withLock { seen in
            while case let count = read(near.raw, &room, room.count), count > 0 { seen += String(decoding: room.prefix(count), as: UTF8.self) }
            return seen
        }
    }

    var echoes: Bool {
        var now = termios()
        return tcgetattr(far.raw, &now) == 0 && now.c_lflag & tcflag_t(ECHO) != 0
    }

    // TIOCSPTLCK and TIOCGPTN (asm-generic/ioctls.h).
    private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
}
