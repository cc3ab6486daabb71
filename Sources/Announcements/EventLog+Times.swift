// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import SystemPackage

extension EventLog {
    /// Goes through the lines from about a moment on (RFC 3339 as in the log), oldest first, until `body` says false. Where the
    /// log is long, the place is found by halving, so that a look at yesterday does not read last month.
    /// - Returns: false when the log does not reach back so far.
    package static func lines(since time: String, at path: FilePath, _ body: ([UInt8]) throws -> Bool) throws -> Bool {
        var files: [(file: Descriptor, reaches: Bool)] = []
        for number in 0..<1_000 {
            let numbered = number == 0 ? path : FilePath(bytes: path.bytes + Array(".\(number)".utf8))
            guard let file = try opened(numbered) else { if number == 0 { continue } else { break } }
            let first = try line(of: file, behind: 0, path: path)
            let reaches = first.flatMap { Self.time(of: $0.line) }.map { $0 <= time } ?? false
            files.append((file, reaches))
            if reaches { break }
        }
        let isWhole = files.last?.reaches ?? false
        for (file, reaches) in files.reversed() {
            let start = reaches ? try place(of: time, in: file, path: path) : 0
            guard try lines(of: file, from: start, path: path, { try body(Array($0)) }) else { return isWhole }
        }
        return isWhole
    }

    /// The offset of a line that is not later than the moment, and not far before it.
    private static func place(of time: String, in file: Descriptor, path: FilePath) throws -> Int {
        var low = 0
        var high = Int(clamping: try FileIdentity.of(file.raw, path: path).size)
        while high - low > 64 << 10 {
            let middle = low + (high - low) / 2
            guard let found = try line(of: file, behind: middle, path: path), found.offset < high, let other = Self.time(of: found.line), other < time else {
                high = middle
                continue
            }
            low = found.offset
        }
        return low
    }

    /// The first whole line at or behind an offset; lines are shorter than a mebibyte.
    private static func line(of file: Descriptor, behind offset: Int, path: FilePath) throws -> (offset: Int, line: ArraySlice<UInt8>)? {
        for size in [16 << 10, 1 << 20] {
            let piece = try file.read(size, at: offset, path: path)
            let start = offset == 0 ? 0 : piece.firstIndex(of: 0x0A).map { $0 + 1 }
            if let start, let end = piece[start...].firstIndex(of: 0x0A) { return (offset + start, piece[start..<end]) }
        }
        return nil
    }

    /// The value of `"time":`; a quote inside a string is escaped, so nothing else looks like it.
    private static func time(of line: ArraySlice<UInt8>) -> String? {
        let key = Array("\"time\":\"".utf8)
        var place = line.startIndex
        while let quote = line[place...].firstIndex(of: key[0]), quote + key.count < line.endIndex {
            if line[quote..<(quote + key.count)].elementsEqual(key) {
                return String(decoding: line[(quote + key.count)...].prefix { $0 != key[0] }, as: UTF8.self)
            }
            place = quote + 1
        }
        return nil
    }
}
