// SPDX-License-Identifier: Apache-2.0

/// Writes small books: files in, a ZIP archive of stored members out.
struct EPUBMaker {
    private var files: [(name: String, bytes: [UInt8])] = []

    /// `chapters` are bodies of pages `one.xhtml`, `two.xhtml`, …; `metadata` goes into the package document.
    init(_ chapters: [String], metadata: String = "", manifest: String = "", spine: String? = nil, files more: [(String, [UInt8])] = []) {
        let names = ["one", "two", "three", "four"]
        let items = chapters.indices.map { "<item id='\(names[$0])' href='text/\(names[$0]).xhtml' media-type='application/xhtml+xml'/>" }.joined()
        let order = spine ?? chapters.indices.map { "<itemref idref='\(names[$0])'/>" }.joined()
        add("mimetype", Array("application/epub+zip".utf8))
        add("META-INF/container.xml", Array("<container><rootfiles><rootfile full-path='OPS/book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>".utf8))
        let package = """
            <package xmlns='http://www.idpf.org/2007/opf' xmlns:opf='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>\(metadata)</metadata>
            <manifest>\(items)\(manifest)</manifest><spine toc='ncx'>\(order)</spine></package>
            """
        add("OPS/book.opf", Array(package.utf8))
        for (name, body) in zip(names, chapters) {
            let page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title/></head><body>\(body)</body></html>"
            add("OPS/text/\(name).xhtml", Array(page.utf8))
        }
        for (name, bytes) in more { add(name, bytes) }
    }

    mutating func add(_ name: String, _ bytes: [UInt8]) { files.append((name, bytes)) }
    mutating func remove(_ name: String) { files.removeAll { $0.name == name } }

    var archive: [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        func put<N: FixedWidthInteger>(_ value: N, _ to: inout [UInt8]) { withUnsafeBytes(of: value.littleEndian) { to.append(contentsOf: $0) } }
        for (name, bytes) in files {
            let at = out.count
            func fields(_ to: inout [UInt8]) {
                put(UInt16(20), &to); put(UInt16(0x800), &to); put(UInt16(0), &to); put(UInt32(0), &to)
                put(Self.checksum(bytes), &to); put(UInt32(bytes.count), &to); put(UInt32(bytes.count), &to)
                put(UInt16(name.utf8.count), &to); put(UInt16(0), &to)
            }
            put(UInt32(0x0403_4B50), &out); fields(&out)
            out += Array(name.utf8) + bytes
            put(UInt32(0x0201_4B50), &directory); put(UInt16(20), &directory); fields(&directory)
            directory += [UInt8](repeating: 0, count: 10)
            put(UInt32(at), &directory)
            directory += Array(name.utf8)
        }
        let start = out.count
        out += directory
        put(UInt32(0x0605_4B50), &out); put(UInt32(0), &out)
        put(UInt16(files.count), &out); put(UInt16(files.count), &out)
        put(UInt32(directory.count), &out); put(UInt32(start), &out); put(UInt16(0), &out)
        return out
    }

    /// CRC-32 as in ZIP.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
