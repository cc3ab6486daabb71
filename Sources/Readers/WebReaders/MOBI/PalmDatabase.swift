// SPDX-License-Identifier: Apache-2.0

/// The records of a Palm database (PDB), which Mobipocket books are.
struct PalmDatabase {
    let name: String
    /// Type and creator: `BOOKMOBI`.
    let kind: String
    /// Where the list of records or a record leads out of the file: what is there is read.
    private(set) var isCut = false
    private let bytes: UnsafeRawBufferPointer
    private var starts: [Int] = []

    /// Nil for what is too short to be one.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 78 else { return nil }
        self.bytes = bytes
        name = String(decoding: bytes[0..<32].prefix { $0 != 0 }, as: UTF8.self)
        kind = String(decoding: bytes[60..<68], as: UTF8.self)
        let count = Int(bytes[76]) << 8 | Int(bytes[77])
        var least = 78
        for index in 0..<count {
            let entry = 78 + index * 8
            guard entry + 8 <= bytes.count else {
                isCut = true
                break
            }
            let start = (0..<4).reduce(0) { $0 << 8 | Int(bytes[entry + $1]) }
            guard start >= least, start <= bytes.count else {
                isCut = true
                break
            }
            least = start
            starts.append(start)
        }
    }

    var count: Int { starts.count }

    subscript(index: Int) -> PalmRecord? {
        guard starts.indices.contains(index) else { return nil }
        let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
        return PalmRecord(UnsafeRawBufferPointer(rebasing: bytes[starts[index]..<end]))
    }
}

/// A record's bytes, big-endian numbers in them; beyond its end there is nothing.
struct PalmRecord {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var count: Int { bytes.count }

    func word(_ at: Int) -> Int? {
        guard at >= 0, at + 2 <= bytes.count else { return nil }
        return Int(bytes[at]) << 8 | Int(bytes[at + 1])
    }

    func long(_ at: Int) -> Int? {
        guard at >= 0, at + 4 <= bytes.count else { return nil }
        return (0..<4).reduce(0) { $0 << 8 | Int(bytes[at + $1]) }
    }

    /// A number of which all ones means none.
    func index(_ at: Int) -> Int? { long(at).flatMap { $0 == 0xFFFF_FFFF ? nil : $0 } }

    func slice(_ range: Range<Int>) -> PalmRecord {
        let kept = range.clamped(to: 0..<bytes.count)
        return PalmRecord(UnsafeRawBufferPointer(rebasing: bytes[kept]))
    }

    func begins(with text: StaticString, at place: Int = 0) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard place >= 0, place + wanted.count <= bytes.count else { return false }
        return bytes[place..<(place + wanted.count)].elementsEqual(wanted)
    }
}
