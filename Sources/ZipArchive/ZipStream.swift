// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CZ

/// One member unpacked piece by piece, for what need not be in memory as a whole.
package final class ZipStream {
    /// Known when the last piece was read.
    package private(set) var fault: ZipContents.Fault?
    private let entry: ZipEntry
    private let limit: ZipError
    /// Bytes it may still give.
    private var room: Int
    private var rest: UnsafeRawBufferPointer
    /// zlib keeps the address of its state.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isOpen: Bool
    private var checksum: UInt32 = 0
    private var isFinished = false

    init(_ packed: UnsafeRawBufferPointer, entry: ZipEntry, room: Int, limit: ZipError) {
        self.entry = entry
        self.room = room
        self.limit = limit
        rest = packed
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        isOpen = entry.method == 8 && inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        if isOpen { inflateEnd(stream) }
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Appends some 256 KiB; false at the end.
    package func read(into bytes: inout [UInt8]) throws(ZipError) -> Bool {
        guard !isFinished else { return false }
        let before = bytes.count
        if entry.method == 0 {
            bytes.append(contentsOf: rest.prefix(Self.pieceBytes))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Self.pieceBytes))
            if rest.isEmpty { finish(isComplete: true) }
        } else {
            inflatePiece(into: &bytes)
        }
        let made = bytes.count - before
        guard made <= room else { throw limit }
        room -= made
        checksum = bytes.withUnsafeBytes { libdeflate_crc32(checksum, $0.baseAddress.map { $0 + before }, made) }
        if isFinished, fault == nil, entry.unpackedSize != nil, checksum != entry.checksum { fault = .checksum }
        return made > 0 || !isFinished
    }

    private static let pieceBytes = 1 << 18

    private func inflatePiece(into bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.pieceBytes) { room in
            if stream.pointee.avail_in == 0, !rest.isEmpty {
                let piece = rest.prefix(1 << 30)
                stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.base.baseAddress?.assumingMemoryBound(to: UInt8.self))
                stream.pointee.avail_in = UInt32(truncatingIfNeeded: piece.count)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            }
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(truncatingIfNeeded: room.count)
            let result = isOpen ? inflate(stream, Z_NO_FLUSH) : Z_DATA_ERROR
            let made = room.count &- Int(stream.pointee.avail_out)
            bytes.append(contentsOf: room.prefix(made))
            if result == Z_STREAM_END {
                finish(isComplete: true)
            } else if result != Z_OK || made == 0 && rest.isEmpty && stream.pointee.avail_in == 0 {
                finish(isComplete: false)
            }
        }
    }

    private func finish(isComplete: Bool) {
        isFinished = true
        if !isComplete { fault = .cut }
    }
}
