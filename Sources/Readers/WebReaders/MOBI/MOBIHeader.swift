// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import TextDecoding

/// The first record of a book: the PalmDOC header, the MOBI header behind it, and the facts in EXTH records
/// (MobileRead wiki, *MOBI* and *PDB*). Indexes count from the record of the header itself.
struct MOBIHeader {
    enum Compression { case none, palmDOC, huffman, unknown }

    let compression: Compression
    let textRecords: Int
    let textLength: Int
    let isEncrypted: Bool
    let charset: String
    let version: Int
    /// What stands behind the text of each record: bit 0 for cut characters, each other bit for an entry that tells its size.
    let trailers: Int
    let firstPicture: Int?
    /// The records of Huffman codes and their phrases.
    let huffman: (first: Int, count: Int)?
    let skeletonIndex: Int?
    let fragmentIndex: Int?
    let flowIndex: Int?
    let isPrintReplica: Bool
    private(set) var metadata = Metadata()
    /// Pictures from the first one on.
    private(set) var cover: Int?
    /// The record where the book's KF8 half begins.
    private(set) var boundary: Int?

    init?(_ record: PalmRecord) {
        guard let compression = record.word(0), let length = record.long(4), let count = record.word(8) else { return nil }
        self.compression = switch compression {
        case 1: .none
        case 2: .palmDOC
        case 17_480: .huffman
        default: .unknown
        }
        textLength = length
        textRecords = count
        isEncrypted = (record.word(12) ?? 0) != 0
        guard record.begins(with: "MOBI", at: 16), let headerLength = record.long(20) else {
            // PalmDOC alone: text.
            charset = "windows-1252"
            (version, trailers, firstPicture, huffman, skeletonIndex, fragmentIndex, flowIndex, isPrintReplica) = (0, 0, nil, nil, nil, nil, nil, false)
            return
        }
        func field(_ at: Int) -> Int? { at + 4 <= 16 + headerLength ? record.index(at) : nil }
        charset = record.long(28) == 65_001 ? "utf-8" : "windows-1252"
        let version = record.long(36) ?? 6
        self.version = version
        firstPicture = field(108)
        huffman = field(112).flatMap { first in field(116).map { (first, $0) } }
        trailers = headerLength >= 228 ? record.word(242) ?? 0 : 0
        flowIndex = version >= 8 ? field(192) : nil
        fragmentIndex = version >= 8 ? field(248) : nil
        skeletonIndex = version >= 8 ? field(252) : nil
        isPrintReplica = record.long(24) == 3
        var title = ""
        if let start = record.long(84), let count = record.long(88), count < 10_000 { title = Self.text(record.slice(start..<(start + count)), charset) }
        if (record.long(128) ?? 0) & 0x40 != 0 { readFacts(record, at: 16 + headerLength) }
        if metadata["title"] == nil { metadata.add("title", title) }
    }

    /// EXTH: numbered facts.
    private mutating func readFacts(_ record: PalmRecord, at start: Int) {
        guard record.begins(with: "EXTH", at: start), let count = record.long(start + 8) else { return }
        var facts: [Int: [String]] = [:]
        var at = start + 12
        for _ in 0..<min(count, 10_000) {
            guard let kind = record.long(at), let length = record.long(at + 4), length >= 8, at + length <= record.count else { break }
            let value = record.slice((at + 8)..<(at + length))
            switch kind {
            case 121: boundary = value.index(0)
            case 201: cover = value.index(0)
            default: facts[kind, default: []].append(Self.text(value, charset))
            }
            at += length
        }
        for (kind, name) in Self.names { metadata.add(name, (facts[kind] ?? []).joined(separator: ", ")) }
    }

    private static let names = [
        (503, "title"), (100, "author"), (101, "publisher"), (103, "description"), (104, "identifier"), (105, "keywords"), (106, "published"), (524, "language"),
    ]

    private static func text(_ record: PalmRecord, _ charset: String) -> String {
        let bytes = record.bytes.bindMemory(to: UInt8.self)
        guard charset != "utf-8" else { return String(decoding: bytes, as: UTF8.self).collapsed }
        return String(decoding: Charset(of: bytes, declared: charset).utf8(bytes).text, as: UTF8.self).collapsed
    }
}
