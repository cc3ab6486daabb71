// SPDX-License-Identifier: Apache-2.0

/// Books of Mobipocket, byte by byte.
struct MOBIMaker {
    var text: [UInt8] = []
    var compression = 1
    var encryption = 0
    var version = 6
    var trailers = 0
    /// Written behind each record's text.
    var tail: [UInt8] = []
    var pictures: [[UInt8]] = []
    var facts: [(Int, [UInt8])] = []
    /// Behind the pictures, by place: records that the header names.
    var skeletons: [[UInt8]] = []
    var fragments: [[UInt8]] = []
    var huffman: [[UInt8]] = []
    var pack: ([UInt8]) -> [UInt8] = { $0 }

    func bytes(recordSize: Int = 4_096) -> [UInt8] {
        var records: [[UInt8]] = [[]]
        for start in stride(from: 0, to: text.count, by: recordSize) { records.append(pack(Array(text[start..<min(text.count, start + recordSize)])) + tail) }
        let textRecords = records.count - 1
        let firstPicture = records.count
        records += pictures
        let skeleton = records.count
        records += skeletons
        let fragment = records.count
        records += fragments
        let codes = records.count
        records += huffman
        records[0] = header(textRecords, firstPicture, skeletons.isEmpty ? nil : skeleton, fragments.isEmpty ? nil : fragment)
        if !huffman.isEmpty { records[0].replaceSubrange(112..<120, with: Self.long(codes) + Self.long(huffman.count)) }
        var file = Array("a book".utf8) + [UInt8](repeating: 0, count: 54)
        file += Array("BOOKMOBI".utf8) + [UInt8](repeating: 0, count: 8) + Self.word(records.count)
        var place = 78 + records.count * 8
        for record in records {
            file += Self.long(place) + [0, 0, 0, 0]
            place += record.count
        }
        return file + records.joined()
    }

    private func header(_ textRecords: Int, _ firstPicture: Int, _ skeleton: Int?, _ fragment: Int?) -> [UInt8] {
        var record = Self.word(compression) + [0, 0] + Self.long(text.count) + Self.word(textRecords) + Self.word(4_096) + Self.word(encryption) + [0, 0]
        record += Array("MOBI".utf8) + Self.long(264)
        record += [UInt8](repeating: 0xFF, count: 16 + 264 - record.count)
        func set(_ at: Int, _ bytes: [UInt8]) { record.replaceSubrange(at..<(at + bytes.count), with: bytes) }
        set(24, Self.long(2))
        set(28, Self.long(65_001))
        set(36, Self.long(version))
        set(84, Self.long(0))
        set(88, Self.long(0))
        set(108, Self.long(firstPicture))
        set(128, Self.long(facts.isEmpty ? 0 : 0x40))
        set(242, Self.word(trailers))
        if let skeleton { set(252, Self.long(skeleton)) }
        if let fragment { set(248, Self.long(fragment)) }
        if !facts.isEmpty {
            let values = facts.flatMap { Self.long($0.0) + Self.long($0.1.count + 8) + $0.1 }
            record += Array("EXTH".utf8) + Self.long(values.count + 12) + Self.long(facts.count) + values
        }
        return record
    }

    /// An index: a head record with the tags, and one record with the entries.
    static func index(tags: [[UInt8]], _ entries: [(name: String, control: UInt8, values: [Int])]) -> [[UInt8]] {
        var head = Array("INDX".utf8) + long(192) + [UInt8](repeating: 0, count: 184)
        head.replaceSubrange(24..<28, with: long(1))
        let table = tags + [[0, 0, 0, 1]]
        head += Array("TAGX".utf8) + long(12 + table.count * 4) + long(1) + table.joined()
        var body = Array("INDX".utf8) + long(192) + [UInt8](repeating: 0, count: 184)
        var places: [Int] = []
        for entry in entries {
            places.append(body.count)
            body += [UInt8(entry.name.utf8.count)] + Array(entry.name.utf8) + [entry.control] + entry.values.flatMap(number)
        }
        body.replaceSubrange(20..<24, with: long(body.count))
        body.replaceSubrange(24..<28, with: long(entries.count))
        body += Array("IDXT".utf8) + places.flatMap(word)
        return [head, body]
    }

    /// Seven bits a byte, the high bit in the last.
    private static func number(_ value: Int) -> [UInt8] {
        var bytes = [UInt8(value & 0x7F) | 0x80]
        var rest = value >> 7
        while rest > 0 {
            bytes.insert(UInt8(rest & 0x7F), at: 0)
            rest >>= 7
        }
        return bytes
    }

    static func word(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }
    static func long(_ value: Int) -> [UInt8] { word(value >> 16) + word(value & 0xFFFF) }
}
