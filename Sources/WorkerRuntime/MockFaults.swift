// SPDX-License-Identifier: Apache-2.0
import CWorker
import ConversionProtocol
import Glibc

/// The ways a mock goes wrong: dying, hanging, using too much, and lying in its frames.
struct MockFaults {
    let reply: ReplyPipe
    let number: Int

    func commit(_ word: Substring) throws(ConversionError) {
        switch word {
        case "segv": UnsafeMutablePointer<UInt8>(bitPattern: 8)?.pointee = 1
        case "abort": abort()
        case "sigsys": raise(SIGSYS)
        case "kill": kill(getppid(), 0)
        case "open": exitWhenRefused(open("/", O_RDONLY))
        case "socket": exitWhenRefused(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        case "sigkill": raise(SIGKILL)
        case "stack": _ = overflow(1)
        case "exit": _exit(Int32(number))
        case "loop": while true { spin() }
        case "sleep": while true { pause() }
        case "oom": while true { grow(1 << 20) }
        case "oom-at-once": grow(1 << 40)
        case "flood": while true { try reply.text(zeros, rendition: 0) }
        case "flood-past-own-limit":
            var raw = frame(.text, 65_536)
            raw += Array(repeating: UInt8(ascii: "x"), count: 65_536)
            raw.replaceSubrange(8..<12, with: [0, 0, 0, 0])
            while true { reply.writeRaw(raw) }
        case "flood-assets":
            while true { try reply.asset(name: "a\(UInt64.random(in: .min ... .max))", mediaType: "", zeros) }
        case "stderr": flood(bytes: number)
        default: try lie(word)
        }
        try reply.text(UnsafeRawBufferPointer(start: nil, count: 0), rendition: 0)
    }

    private func lie(_ word: Substring) throws(ConversionError) {
        switch word {
        case "half-frame":
            reply.writeRaw(frame(.text, 100) + [1, 2, 3])
            _exit(0)
        case "bad-length": reply.writeRaw(frame(.text, 65_537))
        case "bad-type": reply.writeRaw([99, 0, 0, 0, 0, 0, 0, 0])
        case "bad-crc": finish(Frame.end(frames: 1, bytes: 12, checksum: 1))
        case "bad-count": finish(Frame.end(frames: 2, bytes: 12, checksum: 0))
        case "bad-utf8": reply.writeRaw(frame(.text, 6) + [0, 0, 0, 0, 0xC0, 0x80])
        case "bad-asset": reply.writeRaw(frame(.assetBegin, 14) + [6, 0, 0, 0] + Array("../a/b".utf8) + [0, 0, 0, 0])
        case "no-ready":
            close(reply.descriptor)
            _exit(0)
        case "no-end":
            reply.flush()
            _exit(0)
        case "close":
            close(reply.descriptor)
            while true { pause() }
        case "late-frame":
            try reply.finish()
            reply.writeRaw(frame(.progress, 8) + [1, 0, 0, 0, 0, 0, 0, 0])
            _exit(0)
        case "end-then-die":
            try reply.finish()
            abort()
        case "end-then-hang":
            try reply.finish()
            while true { pause() }
        default: throw ConversionError(.malformed, "not an instruction")
        }
    }

    private func finish(_ payload: [UInt8]) {
        reply.writeRaw(frame(.end, UInt8(payload.count)) + payload)
        _exit(0)
    }

    private func frame(_ type: FrameType, _ length: some FixedWidthInteger) -> [UInt8] {
        [type.rawValue, UInt32(length)].flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    }

    private var zeros: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: Self.block, count: 65_536)
    }
    nonisolated(unsafe) private static let block: UnsafeMutableRawPointer = {
        let block = UnsafeMutableRawPointer.allocate(byteCount: 65_536, alignment: 16)
        memset(block, Int32(UInt8(ascii: "0")), 65_536)
        return block
    }()

    private func grow(_ size: Int) {
        guard let got = malloc(size) else { return }
        memset(got, 1, min(size, 1 << 20))
        // Somebody must see the memory, or the optimizer does without it.
        posix_madvise(got, size, POSIX_MADV_NORMAL)
    }

    private func flood(bytes: Int) {
        var left = bytes
        while left > 0 {
            write(2, Self.block, min(left, 65_536))
            left -= 65_536
        }
    }

    /// Status 45 when it was refused, 46 when it was not.
    private func exitWhenRefused(_ descriptor: Int32) { _exit(descriptor < 0 ? 45 : 46) }

    @inline(never) private func spin() { _ = getpid() }

    @inline(never) private func overflow(_ depth: Int) -> Int {
        withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 8) { room in
            room[0] = UInt8(truncatingIfNeeded: depth)
            return overflow(depth + 1) + Int(room[0])
        }
    }
}
