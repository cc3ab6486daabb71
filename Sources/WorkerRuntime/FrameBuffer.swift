// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import Glibc

/// Frames on their way into a pipe, with their counts and checksum. Neighbouring bulk of one kind shares a frame.
struct FrameBuffer {
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    /// Where the frame begins that more bulk may join.
    private var open: (start: Int, type: FrameType, tag: UInt32?)?
    private var checksum = Checksum()
    private var frames: UInt64 = 0
    private var written: UInt64 = 0
    private var lastFlush: UInt64

    private static let most = 256 << 10
    private static let patience: UInt64 = 250_000_000

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        lastFlush = linux_monotonic_ns()
        bytes.reserveCapacity(4_096)
    }

    mutating func put(_ type: FrameType, _ payload: [UInt8]) {
        closeFrame()
        makeRoom(payload.count + Frame.headerBytes)
        header(type, payload.count)
        bytes += payload
        count(from: bytes.count - payload.count - Frame.headerBytes)
    }

    /// Any number of bytes, cut into frames; `tag` goes before each frame's bytes.
    mutating func bulk(_ type: FrameType, tag: UInt32?, _ chunk: UnsafeRawBufferPointer) {
        var rest = chunk[...]
        while !rest.isEmpty {
            if open == nil || open?.type != type || open?.tag != tag { begin(type, tag) }
            guard let start = open?.start else { return }
            let free = Frame.headerBytes + Frame.mostPayload - (bytes.count - start)
            bytes.append(contentsOf: rest.prefix(free))
            rest = rest.dropFirst(free)
            if !rest.isEmpty { closeFrame() }
        }
        if linux_monotonic_ns() &- lastFlush > Self.patience { flush() }
    }

    mutating func end() {
        closeFrame()
        let payload = Frame.end(frames: frames, bytes: written + UInt64(bytes.count), checksum: checksum.value)
        header(.end, payload.count)
        bytes += payload
        write()
    }

    mutating func flush() {
        closeFrame()
        write()
    }

    private mutating func begin(_ type: FrameType, _ tag: UInt32?) {
        closeFrame()
        makeRoom(Frame.mostPayload + Frame.headerBytes)
        open = (bytes.count, type, tag)
        header(type, 0)
        if let tag { append(tag) }
    }

    private mutating func closeFrame() {
        guard let start = open?.start else { return }
        open = nil
        let length = UInt32(bytes.count - start - Frame.headerBytes).littleEndian
        withUnsafeBytes(of: length) { bytes.replaceSubrange(start + 4..<start + 8, with: $0) }
        count(from: start)
    }

    private mutating func count(from start: Int) {
        frames += 1
        bytes.withUnsafeBytes { checksum.add(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    }

    private mutating func makeRoom(_ wanted: Int) {
        if bytes.count + wanted > Self.most { write() }
    }

    private mutating func header(_ type: FrameType, _ length: Int) {
        append(type.rawValue)
        append(UInt32(length))
    }

    private mutating func append(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Writes everything; a daemon that no longer reads ends this process by SIGPIPE.
    private mutating func write() {
        var done = 0
        bytes.withUnsafeBytes { all in
            guard let start = all.baseAddress else { return }
            while done < all.count {
                let count = Glibc.write(descriptor, start + done, all.count - done)
                if count < 0, errno != EINTR { _exit(WorkerExitStatus.badRequest) }
                done += max(count, 0)
            }
        }
        written += UInt64(bytes.count)
        bytes.removeAll(keepingCapacity: true)
        lastFlush = linux_monotonic_ns()
    }

    /// Raw bytes past all bookkeeping, for a mock that lies.
    mutating func writeRaw(_ raw: [UInt8]) {
        flush()
        bytes = raw
        write()
        written -= UInt64(raw.count)
    }
}
