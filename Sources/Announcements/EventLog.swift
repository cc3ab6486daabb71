// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc
package import SystemPackage

/// `events.jsonl`: one event a line, `seq` without gaps over restarts and rotation.
///
/// Used by one writer at a time, the bus. A line that a crash cut short is taken off at the next start; it was never
/// acknowledged. Rotation renames to `events.jsonl.1`, `.2`, ….
package final class EventLog {
    private let path: FilePath
    private let rotateBytes: UInt64
    private let keep: Int
    private var file: Descriptor
    private var size: UInt64
    /// The last number given.
    package private(set) var lastSeq: Int64

    package init(at path: FilePath, rotateBytes: UInt64 = 64 << 20, keep: Int = 8) throws {
        self.path = path
        self.rotateBytes = rotateBytes
        self.keep = keep
        file = try Descriptor.open(path, O_RDWR | O_CREAT | O_APPEND, mode: 0o640)
        size = try FileIdentity.of(file.raw, path: path).size
        lastSeq = 0
        try repair()
        if size == 0, let older = try? Descriptor.open(FilePath("\(path.string).1"), O_RDONLY) {
            lastSeq = try Self.lastEvent(of: older, path: path)?.seq ?? 0
        }
    }

    /// Takes off what stands behind the last line's end, and finds the last number.
    private func repair() throws {
        var end = Int(size)
        while end > 0 {
            let start = max(0, end - 64 << 10)
            let piece = try file.read(end - start, at: start, path: path)
            if let place = piece.lastIndex(of: 0x0A) {
                end = start + place + 1
                break
            }
            end = start
        }
        if end < Int(size) {
            guard ftruncate(file.raw, off_t(end)) == 0 else { throw SystemError("repair", path) }
            size = UInt64(end)
        }
        lastSeq = try Self.lastEvent(of: file, path: path)?.seq ?? 0
    }

    private static func lastEvent(of file: Descriptor, path: FilePath) throws -> Event? {
        try lines(of: file, last: damaged, path: path).reversed().lazy.compactMap { event(of: $0) }.first
    }

    /// Lines at the end that a power cut may have left unreadable, one of them short of all.
    private static let damaged = 64

    /// Appends in one write; with `durably`, on disk before it returns. Numbers the events.
    package func append(_ events: inout [Event], durably: Bool) throws {
        var bytes: [UInt8] = []
        for place in events.indices {
            events[place].seq = lastSeq + Int64(place) + 1
            bytes += try events[place].line() + [0x0A]
        }
        do {
            try bytes.withUnsafeBytes { try file.write($0, path: path) }
        } catch {
            // Half a line must not stay before the next one; when even that fails, the next start repairs it.
            ftruncate(file.raw, off_t(size))
            throw error
        }
        size += UInt64(bytes.count)
        lastSeq += Int64(events.count)
        if durably { guard fdatasync(file.raw) == 0 else { throw SystemError("make durable", path) } }
        // The events are in the log; a rotation that cannot be made now is made behind a later one.
        if size >= rotateBytes { try? rotate() }
    }

    private func rotate() throws {
        func numbered(_ n: Int) -> FilePath { n == 0 ? path : FilePath(bytes: path.bytes + Array(".\(n)".utf8)) }
        for n in stride(from: keep - 1, through: 0, by: -1) {
            let moved = numbered(n).withPlatformString { from in numbered(n + 1).withPlatformString { rename(from, $0) } }
            guard moved == 0 || errno == ENOENT else { throw SystemError("rotate", path) }
        }
        file = try Descriptor.open(path, O_RDWR | O_CREAT | O_APPEND, mode: 0o640)
        size = 0
    }

    /// The number of the last event that stands there; 0 without one.
    package static func lastSeq(at path: FilePath) throws -> Int64 { try opened(path).flatMap { try lastEvent(of: $0, path: path)?.seq } ?? 0 }

    /// The last lines, oldest first.
    package static func last(_ count: Int, at path: FilePath) throws -> [[UInt8]] {
        guard let file = try? Descriptor.open(path, O_RDONLY) else { return [] }
        return try lines(of: file, last: count, path: path)
    }

    private static func lines(of file: Descriptor, last count: Int, path: FilePath) throws -> [[UInt8]] {
        var start = Int(try FileIdentity.of(file.raw, path: path).size)
        var tail: [UInt8] = []
        while start > 0 {
            let from = max(0, start - 256 << 10)
            tail = try file.read(start - from, at: from, path: path) + tail
            start = from
            if tail.count(where: { $0 == 0x0A }) > count { break }
        }
        return tail.split(separator: 0x0A).suffix(count).map(Array.init)
    }
}
