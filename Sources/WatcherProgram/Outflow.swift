// SPDX-License-Identifier: GPL-2.0-only
import Glibc

/// Hints on their way to the daemon: `u32 length | u8 kind | u16 root | bytes`, little-endian, the length without itself.
///
/// Never waited for: when nobody reads for long, what is held is dropped and one overflow says so.
struct Outflow {
    enum Kind: UInt8 { case closed = 1, renamed, created, gone, overflow, limit, rootLost, rootBack, ready, folder }

    private var bytes: [UInt8] = []
    private var start = 0
    /// Room kept for whole records: the pipe may hold half of one.
    private var isDropping = false

    init() { _ = fcntl(1, F_SETFL, fcntl(1, F_GETFL) | O_NONBLOCK) }

    var isWaiting: Bool { start < bytes.count }
    /// Enough for one write.
    var isLarge: Bool { bytes.count - start >= 64 << 10 }

    /// The record's path is the folder, a slash, and the name; either may be empty.
    mutating func put(_ kind: Kind, root: Int, _ folder: some Collection<UInt8> = [], _ name: some Collection<UInt8> = []) {
        if bytes.count - start > Self.most {
            isDropping = true
            return
        }
        let isParted = !folder.isEmpty && !name.isEmpty
        let length = UInt32(3 + folder.count + name.count + (isParted ? 1 : 0))
        for shift in stride(from: 0, through: 24, by: 8) { bytes.append(UInt8(truncatingIfNeeded: length >> UInt32(shift))) }
        bytes.append(kind.rawValue)
        bytes.append(UInt8(truncatingIfNeeded: root))
        bytes.append(UInt8(truncatingIfNeeded: root >> 8))
        bytes += folder
        if isParted { bytes.append(UInt8(ascii: "/")) }
        bytes += name
    }

    /// Writes what the pipe takes; false when nobody is there any more.
    mutating func flush() -> Bool {
        while start < bytes.count {
            let n = bytes.withUnsafeBytes { write(1, $0.baseAddress! + start, $0.count - start) }
            if n > 0 {
                start += n
            } else if errno == EAGAIN {
                return true
            } else if errno != EINTR {
                return false
            }
        }
        bytes.removeAll(keepingCapacity: bytes.count < 1 << 20)
        start = 0
        if isDropping {
            isDropping = false
            put(.overflow, root: 0)
            return flush()
        }
        return true
    }

    private static let most = 8 << 20
}
