// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Memory for one parse: pieces of 1 MiB handed out from the front, given back all at once.
final class HTMLArena {
    private var pieces: [UnsafeMutableRawPointer] = []
    private var next: UnsafeMutableRawPointer?
    private var left = 0
    private static let piece = 1 << 20

    deinit { for piece in pieces { free(piece) } }

    func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        let size = (max(size, 1) + 15) & ~15
        if size > left {
            let wanted = max(size, Self.piece)
            guard let fresh = malloc(wanted) else { return nil }
            pieces.append(fresh)
            guard wanted == Self.piece else { return fresh }
            next = fresh
            left = wanted
        }
        let place = next
        next = next.map { $0 + size }
        left -= size
        return place
    }

    /// Bytes as a C string; they hold no zero.
    func string(_ bytes: ByteSlice) -> UnsafeMutablePointer<CChar>? {
        guard let place = allocate(bytes.count + 1) else { return nil }
        if let start = bytes.baseAddress { memcpy(place, start, bytes.count) }
        place.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
        return place.assumingMemoryBound(to: CChar.self)
    }
}
