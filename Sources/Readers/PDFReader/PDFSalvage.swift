// SPDX-License-Identifier: Apache-2.0

/// Makes a file that has lost its end readable again: PDFium rebuilds a lost table of objects by itself, but not a lost page tree.
enum PDFSalvage {
    private static let mostPages = 10_000
    /// The file is copied.
    private static let mostBytes = 256 << 20

    /// The file with a catalog and a tree of the pages that are left behind it (ISO 32000-1, 7.7); nil without pages, and of encrypted files, whose keys
    /// are lost.
    static func mended(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard bytes.count <= mostBytes, let (pages, last) = objects(bytes) else { return nil }
        let kids = pages.map { "\($0) 0 R" }.joined(separator: " ")
        // What is cut may be a stream.
        let end = """

            endstream
            endobj
            \(last + 1) 0 obj
            << /Type /Catalog /Pages \(last + 2) 0 R >>
            endobj
            \(last + 2) 0 obj
            << /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>
            endobj
            trailer
            << /Size \(last + 3) /Root \(last + 1) 0 R >>
            startxref
            0
            %%EOF

            """
        return Array(bytes) + Array(end.utf8)
    }

    /// Numbers of the page objects in the file's order, and the highest number of any object; one pass over the bytes.
    private static func objects(_ bytes: UnsafeRawBufferPointer) -> (pages: [Int], last: Int)? {
        var pages: [Int] = []
        var seen: Set<Int> = []
        var current: Int?
        var last = 0
        for at in bytes.indices {
            switch bytes[at] {
            case UInt8(ascii: "o") where has("obj", bytes, at):
                guard let number = objectNumber(bytes, before: at) else { continue }
                current = number
                last = max(last, number)
            case UInt8(ascii: "/"):
                if has("/Encrypt", bytes, at) { return nil }
                guard let number = current, pages.count < mostPages, isPageType(bytes, at), seen.insert(number).inserted else { continue }
                pages.append(number)
            default: continue
            }
        }
        return pages.isEmpty ? nil : (pages, last)
    }

    private static func has(_ word: StaticString, _ bytes: UnsafeRawBufferPointer, _ at: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        return (0..<count).allSatisfy { bytes[at + $0] == word.utf8Start[$0] }
    }

    /// `12 0 ` before `obj`: 12; nil for `endobj` and for what no file needs.
    private static func objectNumber(_ bytes: UnsafeRawBufferPointer, before place: Int) -> Int? {
        var at = place - 1
        func number() -> Int? {
            while at >= 0, place - at < 24, bytes[at] <= 0x20 { at -= 1 }
            var digits: [UInt8] = []
            while at >= 0, digits.count < 8, (0x30...0x39).contains(bytes[at]) {
                digits.append(bytes[at] & 15)
                at -= 1
            }
            return digits.isEmpty ? nil : digits.reversed().reduce(0) { $0 * 10 + Int($1) }
        }
        guard place > 0, bytes[place - 1] <= 0x20, number() != nil, at >= 0, bytes[at] <= 0x20, let number = number(), number < 8_000_000 else { return nil }
        return number
    }

    /// `/Type /Page`, and no other type that begins so.
    private static func isPageType(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        guard has("/Type", bytes, place) else { return false }
        var at = place + 5
        while at < bytes.count, at < place + 16, bytes[at] <= 0x20 { at += 1 }
        guard has("/Page", bytes, at) else { return false }
        let next = at + 5
        return next >= bytes.count || bytes[next] <= 0x20 || bytes[next] == UInt8(ascii: "/") || bytes[next] == UInt8(ascii: ">")
    }
}
