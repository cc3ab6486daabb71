// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CZ

/// Unpacks deflate data (RFC 1951): whole when its size is known and small, else in steps.
enum Inflate {
    /// nil when the data is not exactly `size` bytes of deflate.
    static func whole(_ packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
        guard let machine = libdeflate_alloc_decompressor() else { return nil }
        defer { libdeflate_free_decompressor(machine) }
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { room, count in
            var written = 0
            let result = libdeflate_deflate_decompress_ex(machine, packed.baseAddress, packed.count, room.baseAddress, size, nil, &written)
            isWhole = result == LIBDEFLATE_SUCCESS && written == size
            count = isWhole ? size : 0
        }
        return isWhole ? bytes : nil
    }

    /// Unpacks until the data ends, is damaged, or `limit` bytes are reached (nil).
    static func steps(_ packed: UnsafeRawBufferPointer, limit: Int) -> (bytes: [UInt8], isComplete: Bool)? {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return ([], false) }
        defer { inflateEnd(&stream) }
        var bytes: [UInt8] = []
        var rest = packed
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { room in
            while true {
                if stream.avail_in == 0, !rest.isEmpty {
                    let piece = rest.prefix(1 << 30)
                    stream.next_in = UnsafeMutablePointer(mutating: piece.base.baseAddress?.assumingMemoryBound(to: UInt8.self))
                    stream.avail_in = UInt32(truncatingIfNeeded: piece.count)
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
                }
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(truncatingIfNeeded: room.count)
                let result = inflate(&stream, Z_NO_FLUSH)
                let made = room.count &- Int(stream.avail_out)
                guard made <= limit &- bytes.count else { return nil }
                bytes.append(contentsOf: room.prefix(made))
                if result == Z_STREAM_END { return (bytes, true) }
                if result != Z_OK || (made == 0 && rest.isEmpty && stream.avail_in == 0) { return (bytes, false) }
            }
        }
    }

    /// The first `count` bytes of what is packed, fewer where it ends or is damaged before.
    static func beginning(_ packed: UnsafeRawBufferPointer, _ count: Int) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        return [UInt8](unsafeUninitializedCapacity: min(count, 1 << 20)) { room, made in
            stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.avail_in = UInt32(clamping: packed.count)
            stream.next_out = room.baseAddress
            stream.avail_out = UInt32(clamping: room.count)
            inflate(&stream, Z_SYNC_FLUSH)
            made = room.count &- Int(stream.avail_out)
        }
    }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    }
}
