// SPDX-License-Identifier: Apache-2.0
import Decryption
import ReaderTestSupport

/// Numbers of two and four bytes, the lower ones first.
func short(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
func long(_ value: Int) -> [UInt8] { short(value) + short(value >> 16) }
func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { short(Int($0)) } }

/// Builds small workbooks out of records.
enum XLSMaker {
    static func record(_ type: Int, _ content: [UInt8]) -> [UInt8] { short(type) + short(content.count) + content }

    /// A workbook with one sheet; `globals` stand before it, `cells` in it.
    static func workbook(globals: [UInt8] = [], cells: [UInt8], version: Int = 0x600, streams: [(path: String, bytes: [UInt8])] = []) -> [UInt8] {
        func beginning(_ kind: Int) -> [UInt8] { record(0x809, short(version) + short(kind) + [UInt8](repeating: 0, count: 4)) }
        let name: [UInt8] = version < 0x600 ? [1] + Array("S".utf8) : [1, 0] + Array("S".utf8)
        let end = record(0x0A, [])
        let head = beginning(5) + globals
        let offset = head.count + 4 + 6 + name.count + end.count
        let stream = head + record(0x85, long(offset) + [0, 0] + name) + end + beginning(0x10) + cells + end
        let padding = [UInt8](repeating: 0, count: max(0, 4_096 - stream.count))
        let book: (path: String, bytes: [UInt8]) = (version < 0x600 ? "Book" : "Workbook", stream + padding)
        return CompoundMaker.file([book] + streams)
    }

    static func cell(_ type: Int, _ row: Int, _ column: Int, _ value: [UInt8]) -> [UInt8] { record(type, short(row) + short(column) + short(0) + value) }
    static func label(_ row: Int, _ column: Int, _ text: String) -> [UInt8] { cell(0x204, row, column, short(text.utf16.count) + [1] + wide(text)) }
}

/// Builds small presentations out of records.
enum PPTMaker {
    static func atom(_ type: Int, _ content: [UInt8], instance: Int = 0) -> [UInt8] { short(instance << 4) + short(type) + long(content.count) + content }
    static func container(_ type: Int, _ content: [UInt8], instance: Int = 0) -> [UInt8] { short(instance << 4 | 0xF) + short(type) + long(content.count) + content }

    /// A text box: where it is, what it holds the place of, its text.
    static func box(_ top: Int, _ text: [UInt8], placeholder: UInt8? = nil, extra: [UInt8] = []) -> [UInt8] {
        let data = placeholder.map { atom(0xBC3, long(0) + [$0, 0, 0, 0]) } ?? []
        return container(0xF004, atom(0xF00A, long(2) + long(0)) + extra + atom(0xF010, short(top) + short(0) + short(1_000) + short(top + 100)) + container(0xF011, data)
            + container(0xF00D, text))
    }

    static func text(_ kind: Int, _ text: String, style: [UInt8] = []) -> [UInt8] {
        atom(0xF9F, long(kind)) + atom(0xFA0, wide(text)) + (style.isEmpty ? [] : atom(0xFA1, style))
    }

    static func slide(_ shapes: [UInt8], flags: Int = 0) -> [UInt8] {
        let patriarch = container(0xF004, atom(0xF009, [UInt8](repeating: 0, count: 16)) + atom(0xF00A, long(1) + long(5)))
        let info = atom(0x3F9, [UInt8](repeating: 0, count: 10) + short(flags) + long(0))
        return container(0x3EE, atom(0x3EF, [UInt8](repeating: 0, count: 24)) + info + container(0x40C, container(0xF002, container(0xF003, patriarch + shapes))))
    }

    /// Slides in the order of `order`, and texts of the outline for each; all saved at once. With a password each object is
    /// encrypted under its number, by a key of 128 bits ([MS-OFFCRYPTO] 2.3.5). `folder` ends in a slash; `beside` are other streams.
    static func presentation(
        _ slides: [[UInt8]], order: [Int], outlines: [[UInt8]] = [], document: [UInt8] = [], password: String? = nil, pictures: [UInt8] = [],
        loose: [UInt8] = [], folder: String = "", beside: [(String, [UInt8])] = []
    ) -> [UInt8] {
        let list = order.enumerated().flatMap { place, slide in
            atom(0x3F3, long(slide + 2) + long(0) + long(0) + long(256 + slide) + long(0)) + (outlines.indices.contains(place) ? outlines[place] : [])
        }
        let salt = (0..<16).map { UInt8($0) }
        func hidden(_ bytes: [UInt8], _ number: Int) -> [UInt8] {
            guard let password else { return bytes }
            var cipher = RC4Cipher(key: Array(Digest.sha1.of(Digest.sha1.of(salt + wide(password)) + long(number)).prefix(16)))
            return cipher.apply(to: bytes)
        }
        var stream = hidden(container(0x3E8, document + container(0xFF0, list)), 1)
        var places = [0]
        for slide in slides {
            places.append(stream.count)
            stream += hidden(slide, places.count)
        }
        if password != nil {
            let verifier = [UInt8](repeating: 7, count: 16)
            let opened = hidden(verifier + Digest.sha1.of(verifier), 0)
            let head = long(4) + long(0) + long(0x6801) + long(0x8004) + long(128) + long(1) + long(0) + long(0)
            places.append(stream.count)
            stream += container(0x2F14, short(2) + short(2) + long(4) + long(head.count) + head + long(16) + salt + opened.prefix(16) + long(20) + opened.dropFirst(16))
        }
        stream += loose
        let directory = stream.count
        stream += atom(0x1772, long(places.count << 20 | 1) + places.flatMap(long))
        let edit = stream.count
        stream += atom(0xFF5, long(0) + long(0) + long(0) + long(directory) + long(1) + long(9) + long(0) + (password == nil ? [] : long(places.count)))
        let user = atom(0xFF6, long(20) + long(password == nil ? 0xE391_C05F : 0xF3D1_C4DF) + long(edit) + [UInt8](repeating: 0, count: 8))
        var shown = pictures
        if password != nil {
            // One picture of one digest: version, type, length, digest, tag, bytes; each from the beginning of the key.
            shown = []
            for field in [0..<2, 2..<4, 4..<8, 8..<24, 24..<25, 25..<max(25, pictures.count)] where pictures.count >= 25 { shown += hidden(Array(pictures[field]), 0) }
        }
        let streams = [("Current User", user), ("PowerPoint Document", stream)] + (pictures.isEmpty ? [] : [("Pictures", shown)])
        return CompoundMaker.file(beside + streams.map { (folder + $0.0, $0.1) })
    }
}
