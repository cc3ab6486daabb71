// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc
package import SystemPackage

extension EventLog {
    /// Goes through the lines above `seq`, oldest first, over all kept files, until `body` says false.
    package static func lines(after seq: Int64, at path: FilePath, _ body: (Int64, [UInt8]) throws -> Bool) throws {
        // The newest is opened first: a rotation in between shows a file twice, never not at all.
        var files: [Descriptor] = []
        for number in 0..<1_000 {
            let numbered = number == 0 ? path : FilePath(bytes: path.bytes + Array(".\(number)".utf8))
            guard let file = try opened(numbered) else { if number == 0 { continue } else { break } }
            files.append(file)
            if let first = try firstNumber(of: file, path: path), first - 1 <= seq { break }
        }
        var last = seq
        for file in files.reversed() {
            guard try lines(of: file, path: path, { line in
                guard let number = Self.number(of: line), number > last else { return true }
                last = number
                return try body(number, Array(line))
            }) else { return }
        }
    }

    static func opened(_ path: FilePath) throws -> Descriptor? {
        do { return try Descriptor.open(path, O_RDONLY) } catch let error as SystemError where error.kind == .missing { return nil }
    }

    private static func firstNumber(of file: Descriptor, path: FilePath) throws -> Int64? {
        var first: Int64?
        _ = try lines(of: file, path: path) { line in
            first = number(of: line)
            return false
        }
        return first
    }

    /// True when it came to the end.
    static func lines(of file: Descriptor, from start: Int = 0, path: FilePath, _ body: (ArraySlice<UInt8>) throws -> Bool) throws -> Bool {
        var offset = start
        var rest: [UInt8] = []
        while case let piece = try file.read(256 << 10, at: offset, path: path), !piece.isEmpty {
            offset += piece.count
            rest += piece
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                if try !body(rest[start..<end]) { return false }
                start = end + 1
            }
            rest.removeFirst(start)
        }
        return true
    }

    /// nil when the line is not one of ours.
    package static func event(of line: [UInt8]) -> Event? { try? JSONDecoder().decode(Event.self, from: Data(line)) }

    /// The value of `"seq":`; a quote inside a string is escaped, so nothing else looks like it.
    static func number(of line: ArraySlice<UInt8>) -> Int64? {
        let key = Array("\"seq\":".utf8)
        var place = line.startIndex
        while let quote = line[place...].firstIndex(of: key[0]), quote + key.count < line.endIndex {
            if line[quote..<(quote + key.count)].elementsEqual(key) {
                return Int64(String(decoding: line[(quote + key.count)...].prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
            }
            place = quote + 1
        }
        return nil
    }
}
