// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// A stream's bytes at a fixed place in memory, for as long as this object lives.
final class StreamBytes {
    let fields: LittleEndianBytes
    /// Bytes are missing, or were put together by guessing.
    let isDamaged: Bool
    private let room: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8], isDamaged: Bool = false) {
        room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 8)
        room.copyBytes(from: bytes)
        fields = LittleEndianBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[0..<bytes.count]))
        self.isDamaged = isDamaged
    }

    /// Nil when the file has no such stream.
    convenience init?(_ file: CompoundFile, _ path: String) {
        guard let contents = file.contents(at: path) else { return nil }
        self.init(contents.bytes, isDamaged: contents.fault != nil)
    }

    deinit { room.deallocate() }
}
